# What only paceline-plan needs: the environments' states, to read, and their locks.

locals {
  environments_arn = "${local.bucket_arn}/environments/*"

  plan_state = [
    { Sid = "FindStates", Effect = "Allow", Action = ["s3:ListBucket"], Resource = local.bucket_arn },
    { Sid = "ReadStates", Effect = "Allow", Action = ["s3:GetObject"], Resource = local.environments_arn },
    {
      Sid      = "LockStates"
      Effect   = "Allow"
      Action   = ["s3:PutObject", "s3:DeleteObject"]
      Resource = "${local.environments_arn}.tflock"
    },
  ]
}
