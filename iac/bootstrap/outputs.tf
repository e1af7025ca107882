output "state_bucket" {
  description = "The bucket that holds the state of every root; iac/scripts/init passes it to terraform init."
  value       = aws_s3_bucket.state.bucket
}

output "plan_role_arn" {
  description = "The role that workflows of pull requests assume; null without github_repository."
  value       = local.has_github ? aws_iam_role.github["plan"].arn : null
}

output "deploy_role_arn" {
  description = "The role that workflows of main and release assume; null without github_repository."
  value       = local.has_github ? aws_iam_role.github["deploy"].arn : null
}
