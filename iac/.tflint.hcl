# The core rules alone: the ruleset for AWS is a plugin that GitHub serves.
plugin "terraform" {
  enabled = true
  preset  = "all"
}

# A module's folder says what it has; the layout of files is ours (access.tf, lifecycle.tf).
rule "terraform_standard_module_structure" {
  enabled = false
}
