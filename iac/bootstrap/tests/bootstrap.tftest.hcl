# Plans only: the bucket may not be destroyed, which is what follows an apply here.

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
}

variables {
  region = "eu-west-1"
}

run "state_without_github" {
  command = plan

  assert {
    condition     = output.state_bucket == "paceline-tfstate-123456789012-eu-west-1"
    error_message = "The bucket must be named for account and region."
  }
  assert {
    condition     = aws_s3_bucket_versioning.state.versioning_configuration[0].status == "Enabled"
    error_message = "States must have versions."
  }
  assert {
    condition = one([
      for rule in aws_s3_bucket_server_side_encryption_configuration.state.rule :
      rule.apply_server_side_encryption_by_default[0].sse_algorithm
    ]) == "aws:kms"
    error_message = "States must be encrypted by KMS."
  }
  assert {
    condition     = jsondecode(aws_s3_bucket_policy.state.policy).Statement[0].Condition.Bool["aws:SecureTransport"] == "false"
    error_message = "Requests without TLS must be denied."
  }
  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.state.block_public_acls,
      aws_s3_bucket_public_access_block.state.block_public_policy,
      aws_s3_bucket_public_access_block.state.ignore_public_acls,
      aws_s3_bucket_public_access_block.state.restrict_public_buckets,
    ])
    error_message = "Public access must be blocked."
  }
  assert {
    condition = (
      length(aws_iam_role.github) + length(aws_iam_policy.github) + length(aws_iam_openid_connect_provider.github) == 0
      && output.plan_role_arn == null && output.deploy_role_arn == null
    )
    error_message = "Without a repository, GitHub must have no access."
  }
}

run "github_without_ids" {
  command = plan
  variables {
    github_repository = "octocat/paceline"
  }
  assert {
    condition = jsonencode(local.trusted_subjects.plan) == jsonencode([
      "repo:octocat/paceline:pull_request",
      "repo:octocat/paceline:ref:refs/heads/main",
      "repo:octocat@*/paceline@*:pull_request",
      "repo:octocat@*/paceline@*:ref:refs/heads/main",
    ])
    error_message = "Both forms of a subject must be trusted, with any id."
  }
  assert {
    condition     = aws_iam_role.github["plan"].name == "paceline-plan" && aws_iam_role.github["deploy"].name == "paceline-deploy"
    error_message = "The two roles must have the names that workflows use."
  }
}

run "github_with_ids" {
  command = plan
  variables {
    github_repository    = "octocat/paceline"
    github_owner_id      = "583231"
    github_repository_id = "1296269"
  }
  assert {
    condition = jsonencode(local.trusted_subjects.deploy) == jsonencode([
      "repo:octocat/paceline:ref:refs/heads/main",
      "repo:octocat/paceline:ref:refs/heads/release",
      "repo:octocat/paceline:environment:qa",
      "repo:octocat/paceline:environment:prod",
      "repo:octocat@583231/paceline@1296269:ref:refs/heads/main",
      "repo:octocat@583231/paceline@1296269:ref:refs/heads/release",
      "repo:octocat@583231/paceline@1296269:environment:qa",
      "repo:octocat@583231/paceline@1296269:environment:prod",
    ])
    error_message = "Both forms of a subject must be trusted, with these ids only."
  }
}
