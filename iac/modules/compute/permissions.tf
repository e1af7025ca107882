# What each image does on AWS itself, as its code has it: docs/reference/lake.md lists the lake's objects.
locals {
  # Without a prefix as its condition: S3 answers a read of a missing object with 404 only to whoever may list the whole bucket,
  # and with 403 to others. extract and load ask for objects that may be missing.
  list_lake = { Sid = "ListLake", Effect = "Allow", Action = ["s3:ListBucket"], Resource = [var.lake_bucket_arn] }

  lake_areas = {
    extract_reads  = ["lake.json", "bronze/*", "log/*", "state/*", "locks/*"]
    extract_writes = ["lake.json", "bronze/*", "log/*", "state/*", "locks/*", "reports/*"]
    load_reads     = ["lake.json", "bronze/*", "log/*"]
  }
  lake_objects = { for use, keys in local.lake_areas : use => [for key in keys : "${var.lake_bucket_arn}/${key}"] }

  # By image. dbt knows only the warehouse.
  image_permissions = {
    extract = [
      local.list_lake,
      { Sid = "ReadLake", Effect = "Allow", Action = ["s3:GetObject"], Resource = local.lake_objects.extract_reads },
      { Sid = "WriteLake", Effect = "Allow", Action = ["s3:PutObject"], Resource = local.lake_objects.extract_writes },
      { Sid = "Unlock", Effect = "Allow", Action = ["s3:DeleteObject"], Resource = ["${var.lake_bucket_arn}/locks/*"] },
    ]
    load = [
      local.list_lake,
      { Sid = "ReadLake", Effect = "Allow", Action = ["s3:GetObject"], Resource = local.lake_objects.load_reads },
    ]
  }

  # Where each application's refresh tokens are, which change at each sign-in: PACELINE_TOKENS=ssm:<prefix>.
  token_stores = {
    for name in keys(local.files) : name => trimprefix(local.variables[name]["PACELINE_TOKENS"], "ssm:")
    if can(regex("^ssm:", local.variables[name]["PACELINE_TOKENS"]))
  }

  task_permissions = {
    for name, container in local.containers : name => concat(
      try(local.image_permissions[container.name], []),
      [
        for store in try([local.token_stores[name]], []) : {
          Sid      = "RotateTokens"
          Effect   = "Allow"
          Action   = ["ssm:GetParameter", "ssm:PutParameter"]
          Resource = ["${local.parameter_arn}${store}/*"]
        }
      ],
    )
  }
}

resource "aws_iam_role_policy" "task" {
  for_each = { for name, statements in local.task_permissions : name => statements if length(statements) > 0 }

  name   = "run"
  role   = aws_iam_role.task[each.key].name
  policy = jsonencode({ Version = "2012-10-17", Statement = each.value })
}
