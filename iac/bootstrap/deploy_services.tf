# What paceline-deploy may do to the warehouse and the orchestrator.

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
