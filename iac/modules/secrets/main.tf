locals {
  folder = coalesce(var.definitions, "${path.module}/../../../orchestration/containers")

  # The variables that containers get, by the name that their definition has for the parameter.
  named = merge(flatten([
    for file in fileset(local.folder, "*.json") : [
      for container in jsondecode(file("${local.folder}/${file}")).containerDefinitions : {
        for secret in container.secrets : secret.valueFrom => secret.name
      }
    ]
  ])...)

  parameters = {
    for from, variable in local.named : replace(from, "/^\\/paceline\\//", "/${var.name}/") => variable
    if !(var.warehouse == "rds" && variable == "PACELINE_WAREHOUSE_PASSWORD")
  }
}

# Terraform declares that they exist; it neither knows nor changes what is in them. The text is in no state, but anyone may read it.
resource "aws_ssm_parameter" "this" {
  #checkov:skip=CKV_AWS_337:AWS's own key for parameters costs nothing, and only this account's roles that may read them can use it
  for_each = local.parameters

  name             = each.key
  description      = "What containers get as ${each.value}. Set it by iac/scripts/put-secrets."
  type             = "SecureString"
  value_wo         = "not set: run iac/scripts/put-secrets"
  value_wo_version = 1

  lifecycle {
    # An update of anything else sends an empty value, which AWS refuses, and one of the version would replace what put-secrets wrote.
    ignore_changes = [allowed_pattern, data_type, description, key_id, tier, type, value_wo_version]
  }
}
