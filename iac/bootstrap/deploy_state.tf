# What paceline-deploy may do to states and DAGs: write them.

locals {
  deploy_state = [
    { Sid = "FindStates", Effect = "Allow", Action = ["s3:ListBucket"], Resource = local.bucket_arn },
    {
      # A state is replaced, never deleted; a lock is both.
      Sid      = "WriteStates"
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:PutObject"]
      Resource = local.environments_arn
    },
    { Sid = "UnlockStates", Effect = "Allow", Action = ["s3:DeleteObject"], Resource = "${local.environments_arn}.tflock" },
    {
      Sid      = "WriteDags"
      Effect   = "Allow"
      Action   = ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:PutObject", "s3:PutObjectTagging"]
      Resource = local.dags_arn
    },
  ]
}
