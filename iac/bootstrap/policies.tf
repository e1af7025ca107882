# Which policies each GitHub role has. A managed policy holds 6,144 characters, so what deploy may do is split by area.

locals {
  policies = {
    reads           = local.reads
    secrets         = local.no_secrets
    plan-state      = local.plan_state
    deploy-state    = local.deploy_state
    deploy-network  = local.deploy_network
    deploy-storage  = local.deploy_storage
    deploy-roles    = local.deploy_roles
    deploy-compute  = local.deploy_compute
    deploy-services = local.deploy_services
    deploy-watching = local.deploy_watching
  }

  attachments = merge([
    for role, areas in {
      plan = ["reads", "secrets", "plan-state"]
      deploy = [
        "reads", "secrets", "deploy-state", "deploy-network", "deploy-storage", "deploy-roles", "deploy-compute",
        "deploy-services", "deploy-watching",
      ]
    } : { for area in areas : "${role}/${area}" => { role = role, area = area } }
  ]...)
}

resource "aws_iam_policy" "github" {
  for_each = { for area, statements in local.policies : area => jsonencode(statements) if local.has_github }

  name        = "paceline-github-${each.key}"
  description = "What GitHub's workflows may do: ${each.key}"
  policy      = jsonencode({ Version = "2012-10-17", Statement = jsondecode(each.value) })
}

resource "aws_iam_role_policy_attachment" "github" {
  for_each = { for key, attachment in local.attachments : key => attachment if local.has_github }

  role       = aws_iam_role.github[each.value.role].name
  policy_arn = aws_iam_policy.github[each.value.area].arn
}
