# The calls of orchestration/dags/paceline/task.py. iac/tests/test_mwaa_access.py records what it really calls.
locals {
  ecs     = "arn:aws:ecs:${var.region}:${var.account_id}"
  in_ours = { ArnEquals = { "ecs:cluster" = var.cluster_arn } }

  dags = [
    {
      Sid       = "RunContainers"
      Effect    = "Allow"
      Action    = ["ecs:RunTask"]
      Resource  = [for definition, family in var.families : "${local.ecs}:task-definition/${family}:*"]
      Condition = local.in_ours
    },
    {
      Sid      = "FollowContainers"
      Effect   = "Allow"
      Action   = ["ecs:DescribeTasks", "ecs:StopTask"]
      Resource = ["${local.ecs}:task/${var.cluster}/*"]
    },
    # A worker looks for a container that one before it started. The action knows a cluster as its condition, not as its resource.
    { Sid = "FindContainers", Effect = "Allow", Action = ["ecs:ListTasks"], Resource = ["*"], Condition = local.in_ours },
    {
      Sid       = "PassRolesToContainers"
      Effect    = "Allow"
      Action    = ["iam:PassRole"]
      Resource  = var.passed_role_arns
      Condition = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } }
    },
    {
      Sid      = "ReadContainersLogs"
      Effect   = "Allow"
      Action   = ["logs:GetLogEvents"]
      Resource = ["${var.log_group_arn}:log-stream:paceline/*"]
    },
  ]
}
