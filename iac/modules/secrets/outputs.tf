output "parameters" {
  description = "The names of all parameters. What is in them is known to SSM alone."
  value       = sort(keys(local.parameters))
}
