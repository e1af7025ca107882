# What exists once per account, before any environment: the bucket for Terraform's state (state.tf), and GitHub's access
# (github.tf). iac/scripts/bootstrap applies it, and moves its own state into that bucket.

provider "aws" {
  region = var.region

  default_tags {
    tags = { project = "paceline", root = "bootstrap" }
  }
}

data "aws_caller_identity" "current" {}

locals {
  account_id = data.aws_caller_identity.current.account_id
  bucket     = "paceline-tfstate-${local.account_id}-${var.region}"
  # By name, so that a plan shows the policies whole.
  bucket_arn = "arn:aws:s3:::${local.bucket}"
}
