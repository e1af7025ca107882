# As https://docs.aws.amazon.com/mwaa/latest/userguide/mwaa-create-role.html has it, with its patterns of actions spelt out.
locals {
  own_logs = "arn:aws:logs:${var.region}:${var.account_id}:log-group:airflow-${var.name}-*"

  mwaa_files = [
    {
      Sid    = "ReadBucket"
      Effect = "Allow"
      Action = [
        "s3:ListBucket", "s3:ListBucketVersions", "s3:GetBucketLocation", "s3:GetBucketVersioning",
        "s3:GetBucketPublicAccessBlock", "s3:GetEncryptionConfiguration",
      ]
      Resource = [local.bucket_arn]
    },
    {
      Sid      = "ReadFiles"
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:GetObjectVersion"]
      Resource = ["${local.bucket_arn}/*"]
    },
    # An action on the account: it knows no resource.
    { Sid = "SeePublicAccessBlock", Effect = "Allow", Action = ["s3:GetAccountPublicAccessBlock"], Resource = ["*"] },
  ]

  mwaa_reports = [
    { Sid = "PublishHealth", Effect = "Allow", Action = ["airflow:PublishMetrics"], Resource = [local.environment_arn] },
    {
      Sid    = "WriteOwnLogs"
      Effect = "Allow"
      Action = [
        "logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents", "logs:GetLogEvents", "logs:GetLogRecord",
        "logs:GetLogGroupFields", "logs:GetQueryResults",
      ]
      Resource = [local.own_logs]
    },
    # Neither knows resources.
    { Sid = "FindLogGroups", Effect = "Allow", Action = ["logs:DescribeLogGroups"], Resource = ["*"] },
    { Sid = "PublishMetrics", Effect = "Allow", Action = ["cloudwatch:PutMetricData"], Resource = ["*"] },
  ]

  mwaa_queues = [
    {
      Sid    = "UseOwnQueues"
      Effect = "Allow"
      Action = [
        "sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ReceiveMessage",
        "sqs:SendMessage",
      ]
      # MWAA's queues are in an account of AWS, under names that it makes up.
      Resource = ["arn:aws:sqs:${var.region}:*:airflow-celery-*"]
    },
    {
      Sid    = "UseKeysOfOwnQueues"
      Effect = "Allow"
      Action = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext"]
      # The keys are that account's as well: any but this account's own, and only through SQS.
      NotResource = ["arn:aws:kms:*:${var.account_id}:key/*"]
      Condition   = { StringEquals = { "kms:ViaService" = ["sqs.${var.region}.amazonaws.com"] } }
    },
  ]
}
