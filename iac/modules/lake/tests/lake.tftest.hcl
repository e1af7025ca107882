mock_provider "aws" {}

variables {
  name       = "paceline-qa"
  account_id = "123456789012"
  region     = "eu-west-1"
}

run "a_private_bucket" {
  assert {
    condition     = output.bucket == "paceline-qa-lake-123456789012-eu-west-1" && output.uri == "s3://${output.bucket}"
    error_message = "The bucket must be named for deployment, account and region, and be the whole lake."
  }
  assert {
    condition     = output.bucket_arn == "arn:aws:s3:::${output.bucket}"
    error_message = "The ARN must be the bucket's."
  }
  assert {
    condition     = aws_s3_bucket_versioning.lake.versioning_configuration[0].status == "Enabled"
    error_message = "The bucket must keep versions."
  }
  assert {
    condition     = aws_s3_bucket_lifecycle_configuration.lake.rule[0].noncurrent_version_expiration[0].noncurrent_days == 7
    error_message = "Old versions must go after 7 days by default."
  }
  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.lake.block_public_acls,
      aws_s3_bucket_public_access_block.lake.block_public_policy,
      aws_s3_bucket_public_access_block.lake.ignore_public_acls,
      aws_s3_bucket_public_access_block.lake.restrict_public_buckets,
    ])
    error_message = "Public access must be blocked."
  }
  assert {
    condition = one([
      for rule in aws_s3_bucket_server_side_encryption_configuration.lake.rule :
      rule.apply_server_side_encryption_by_default[0].sse_algorithm
    ]) == "aws:kms"
    error_message = "Objects must be encrypted by KMS."
  }
  assert {
    condition     = !aws_s3_bucket.lake.force_destroy
    error_message = "A lake must not be deletable by default."
  }
}

run "only_purge_deletes_records" {
  assert {
    condition = anytrue([
      for statement in jsondecode(aws_s3_bucket_policy.lake.policy).Statement :
      statement.Effect == "Deny" && statement.Principal == "*"
      && join(" ", flatten([statement.Action])) == "s3:DeleteObject s3:DeleteObjectVersion"
      && statement.Resource == "arn:aws:s3:::paceline-qa-lake-123456789012-eu-west-1/bronze/*"
      && try(statement.Condition.ArnNotEquals["aws:PrincipalArn"], "") == "arn:aws:iam::123456789012:role/paceline-qa-purge"
    ])
    error_message = "Everyone but purge must be denied to delete below bronze/."
  }
  assert {
    condition = anytrue([
      for statement in jsondecode(aws_s3_bucket_policy.lake.policy).Statement :
      statement.Effect == "Deny" && statement.Principal == "*" && statement.Action == "s3:*"
      && try(statement.Condition.Bool["aws:SecureTransport"], "") == "false"
    ])
    error_message = "Requests without TLS must be denied."
  }
  assert {
    condition     = output.purge_role_arn == "arn:aws:iam::123456789012:role/${aws_iam_role.purge.name}"
    error_message = "The role must have the name that the bucket's policy allows."
  }
}

run "deletable_and_kept_longer" {
  variables {
    deletable       = true
    noncurrent_days = 30
  }
  assert {
    condition     = aws_s3_bucket.lake.force_destroy
    error_message = "deletable must let the bucket be destroyed with its objects."
  }
  assert {
    condition     = aws_s3_bucket_lifecycle_configuration.lake.rule[0].noncurrent_version_expiration[0].noncurrent_days == 30
    error_message = "Old versions must go after noncurrent_days."
  }
}

run "days_that_are_none" {
  command = plan
  variables {
    noncurrent_days = 0
  }
  expect_failures = [var.noncurrent_days]
}

run "half_a_day" {
  command = plan
  variables {
    noncurrent_days = 1.5
  }
  expect_failures = [var.noncurrent_days]
}

run "a_bucket_name_that_is_too_long" {
  command = plan
  variables {
    name   = "paceline-of-a-long-name1"
    region = "ap-southeast-northeast-1"
  }
  expect_failures = [var.region]
}
