# A key of our own, because AWS's key for SNS does not let CloudWatch publish: an alarm would go off, and nobody would hear of it.
resource "aws_kms_key" "alarms" {
  description             = "${var.name}: messages of alarms"
  enable_key_rotation     = true
  deletion_window_in_days = 7
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "ThisAccountManagesIt"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${var.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      # The topic's policy limits them to this account by aws:SourceAccount. The calls to KMS of what CloudWatch publishes have
      # neither that key nor kms:CallerAccount, so that a condition on either would silence every alarm.
      {
        Sid       = "AlarmsAndBudgetUseIt"
        Effect    = "Allow"
        Principal = { Service = local.publishers }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = "*"
      },
    ]
  })
}

resource "aws_kms_alias" "alarms" {
  name          = "alias/${var.name}-alarms"
  target_key_id = aws_kms_key.alarms.key_id
}
