# What paceline-deploy may do to logs, alarms, the topic that tells of them and its key, and the budget.

locals {
  deploy_watching = [
    {
      Sid    = "Watching"
      Effect = "Allow"
      Action = [
        "logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:DeleteMetricFilter", "logs:DeleteRetentionPolicy",
        "logs:PutMetricFilter", "logs:PutRetentionPolicy", "logs:TagResource", "logs:UntagResource",
        "cloudwatch:DeleteAlarms", "cloudwatch:PutMetricAlarm", "cloudwatch:TagResource", "cloudwatch:UntagResource",
        "sns:CreateTopic", "sns:DeleteTopic", "sns:SetTopicAttributes", "sns:Subscribe", "sns:TagResource", "sns:UntagResource",
        "budgets:ModifyBudget", "budgets:TagResource", "budgets:UntagResource",
      ]
      Resource = local.watching_arns
    },
    {
      Sid      = "SubscriptionsWithoutResource"
      Effect   = "Allow"
      Action   = ["sns:SetSubscriptionAttributes", "sns:Unsubscribe"]
      Resource = "*"
    },
    {
      Sid       = "MakeKey"
      Effect    = "Allow"
      Action    = ["kms:CreateKey"]
      Resource  = "*"
      Condition = { StringEquals = { "aws:RequestTag/project" = "paceline", "aws:RequestedRegion" = var.region } }
    },
    {
      Sid       = "TagNewKey"
      Effect    = "Allow"
      Action    = ["kms:TagResource"]
      Resource  = local.keys_arn
      Condition = { StringEquals = { "aws:RequestTag/project" = "paceline" } }
    },
    {
      Sid    = "OwnKeys"
      Effect = "Allow"
      Action = [
        "kms:CreateAlias", "kms:DeleteAlias", "kms:DisableKeyRotation", "kms:EnableKeyRotation", "kms:PutKeyPolicy",
        "kms:ScheduleKeyDeletion", "kms:UntagResource", "kms:UpdateAlias", "kms:UpdateKeyDescription",
      ]
      Resource  = local.keys_arn
      Condition = { StringEquals = { "aws:ResourceTag/project" = "paceline" } }
    },
    {
      Sid      = "Aliases"
      Effect   = "Allow"
      Action   = ["kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias"]
      Resource = "arn:aws:kms:${local.here}:alias/paceline-*"
    },
  ]
}
