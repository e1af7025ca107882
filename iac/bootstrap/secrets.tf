# What no GitHub role may do, whatever another policy allows: read a secret, or a record.

locals {
  no_secrets = [
    {
      Sid    = "NoSecret"
      Effect = "Deny"
      Action = [
        "ssm:GetParameter",
        "ssm:GetParameters",
        "ssm:GetParametersByPath",
        "ssm:GetParameterHistory",
        "secretsmanager:GetSecretValue",
        "secretsmanager:BatchGetSecretValue",
      ]
      Resource = "*"
    },
    {
      # iac/secrets is applied by a person: its state holds names only, but Terraform reads each parameter to refresh it.
      Sid      = "NoStateOfSecrets"
      Effect   = "Deny"
      Action   = ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"]
      Resource = ["${local.bucket_arn}/secrets/*", "${local.bucket_arn}/bootstrap/*"]
    },
    {
      Sid      = "NoRecord"
      Effect   = "Deny"
      Action   = ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"]
      Resource = "arn:aws:s3:::paceline-*-lake-${local.account_id}-${var.region}/*"
    },
  ]
}
