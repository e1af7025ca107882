# What paceline-deploy may do to the warehouse, the orchestrator, and what watches over them.

locals {
  deploy_services = [
    {
      Sid    = "Warehouse"
      Effect = "Allow"
      Action = [
        "rds:AddTagsToResource", "rds:CreateDBInstance", "rds:CreateDBParameterGroup", "rds:CreateDBSnapshot",
        "rds:CreateDBSubnetGroup", "rds:DeleteDBInstance", "rds:DeleteDBParameterGroup", "rds:DeleteDBSubnetGroup",
        "rds:ModifyDBInstance", "rds:ModifyDBParameterGroup", "rds:ModifyDBSubnetGroup", "rds:RebootDBInstance",
        "rds:RemoveTagsFromResource", "rds:ResetDBParameterGroup",
      ]
      Resource = concat(
        [for kind in ["db", "pg", "snapshot", "subgrp"] : "arn:aws:rds:${local.here}:${kind}:paceline-*"],
        ["arn:aws:rds:${local.here}:og:default:*", "arn:aws:rds:${local.here}:pg:default.*"],
      )
    },
    {
      # RDS makes the secret of its master user in the name of whoever makes the database, who cannot read it.
      Sid      = "MasterSecret"
      Effect   = "Allow"
      Action   = ["secretsmanager:CreateSecret", "secretsmanager:RotateSecret", "secretsmanager:TagResource"]
      Resource = "arn:aws:secretsmanager:${local.here}:secret:rds!db-*"
    },
    { Sid = "KeysOfAws", Effect = "Allow", Action = ["kms:DescribeKey"], Resource = "arn:aws:kms:${local.here}:key/*" },
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
      Sid    = "Orchestrator"
      Effect = "Allow"
      Action = [
        "airflow:CreateEnvironment", "airflow:DeleteEnvironment", "airflow:TagResource", "airflow:UntagResource",
        "airflow:UpdateEnvironment",
        "scheduler:CreateSchedule", "scheduler:CreateScheduleGroup", "scheduler:DeleteSchedule", "scheduler:DeleteScheduleGroup",
        "scheduler:TagResource", "scheduler:UntagResource", "scheduler:UpdateSchedule",
        "states:CreateStateMachine", "states:DeleteStateMachine", "states:TagResource", "states:UntagResource",
        "states:UpdateStateMachine",
      ]
      Resource = local.orchestrator_arns
    },
  ]
}
