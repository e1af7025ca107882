# The role that removes an account from the lake: it deletes what holds one account's data, all versions included. No task runs with
# it before there is a command that purges; it exists now because the bucket's policy lets nobody else delete records.

resource "aws_iam_role" "purge" {
  name        = local.purge_role
  description = "Removes an account's objects from the lake ${local.bucket}"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Condition = {
        StringEquals = { "aws:SourceAccount" = var.account_id }
        ArnLike      = { "aws:SourceArn" = "arn:aws:ecs:${var.region}:${var.account_id}:*" }
      }
    }]
  })
}

resource "aws_iam_role_policy" "purge" {
  name = "purge"
  role = aws_iam_role.purge.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "FindObjects"
        Effect   = "Allow"
        Action   = ["s3:ListBucket", "s3:ListBucketVersions"]
        Resource = local.bucket_arn
      },
      {
        Sid      = "DeleteAnAccount"
        Effect   = "Allow"
        Action   = ["s3:DeleteObject", "s3:DeleteObjectVersion"]
        Resource = [for folder in ["bronze", "log", "state"] : "${local.bucket_arn}/${folder}/*"]
      },
    ]
  })
}
