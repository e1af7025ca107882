# How GitHub's workflows get into the account: by a signed token whose subject says which repository, and which branch, pull
# request or environment. No key of AWS is stored at GitHub.

locals {
  issuer     = "token.actions.githubusercontent.com"
  has_github = var.github_repository != null
  owner_name = local.has_github ? split("/", var.github_repository) : ["", ""]

  # Repositories made or renamed since 15 July 2026 have ids in the subject, older ones have not. An id that is not given may be
  # any: neither an owner, a name nor a branch can contain what would make another owner's repository match.
  repositories = local.has_github ? [
    "repo:${var.github_repository}",
    format("repo:%s@%s/%s@%s", local.owner_name[0], coalesce(var.github_owner_id, "*"),
    local.owner_name[1], coalesce(var.github_repository_id, "*")),
  ] : []

  # A workflow of a fork's pull request gets no token, unless the repository's settings hand out write tokens to forks.
  plan_subjects = ["pull_request", "ref:refs/heads/main"]
  # A job with an environment has the environment as its subject, and no branch: the environment's own rules must name the branch.
  deploy_subjects = ["ref:refs/heads/main", "ref:refs/heads/release", "environment:qa", "environment:prod"]

  trusted_subjects = {
    plan   = [for pair in setproduct(local.repositories, local.plan_subjects) : join(":", pair)]
    deploy = [for pair in setproduct(local.repositories, local.deploy_subjects) : join(":", pair)]
  }
}

resource "aws_iam_openid_connect_provider" "github" {
  count = local.has_github ? 1 : 0

  url            = "https://${local.issuer}"
  client_id_list = ["sts.amazonaws.com"]
}

resource "aws_iam_role" "github" {
  #checkov:skip=CKV_AWS_393:checkov does not compute the subjects; iac/tests/test_github_access.py tries who gets in by them.
  for_each = { for role, subjects in local.trusted_subjects : role => subjects if local.has_github }

  name = "paceline-${each.key}"
  description = {
    plan   = "GitHub, on pull requests and main: reads what terraform plan reads, and no secret"
    deploy = "GitHub, on main and release: applies Terraform, pushes images, registers task definitions, syncs DAGs"
  }[each.key]

  # An apply that makes an MWAA environment can take longer than the hour that is the default.
  max_session_duration = 7200

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::${local.account_id}:oidc-provider/${local.issuer}" }
      Condition = {
        StringEquals = { "${local.issuer}:aud" = "sts.amazonaws.com" }
        StringLike   = { "${local.issuer}:sub" = each.value }
      }
    }]
  })

  depends_on = [aws_iam_openid_connect_provider.github]
}
