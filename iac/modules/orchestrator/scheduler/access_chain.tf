locals {
  ecs = "arn:aws:ecs:${var.region}:${var.account_id}"

  # What ecs:runTask.sync calls: it starts a task, and a rule that AWS names tells it when the task has stopped.
  run_containers = [
    {
      Sid       = "RunContainers"
      Effect    = "Allow"
      Action    = ["ecs:RunTask"]
      Resource  = [for step in local.steps : "${local.ecs}:task-definition/${var.families[step.definition]}:*"]
      Condition = { ArnEquals = { "ecs:cluster" = var.cluster_arn } }
    },
    {
      Sid      = "FollowContainers"
      Effect   = "Allow"
      Action   = ["ecs:DescribeTasks", "ecs:StopTask"]
      Resource = ["${local.ecs}:task/${var.cluster}/*"]
    },
    {
      Sid      = "HearOfContainers"
      Effect   = "Allow"
      Action   = ["events:PutTargets", "events:PutRule", "events:DescribeRule"]
      Resource = ["arn:aws:events:${var.region}:${var.account_id}:rule/StepFunctionsGetEventsForECSTaskRule"]
    },
    {
      Sid       = "PassRolesToContainers"
      Effect    = "Allow"
      Action    = ["iam:PassRole"]
      Resource  = var.passed_role_arns
      Condition = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } }
    },
  ]

  # Step Functions writes to CloudWatch by log deliveries, whose actions know no resources.
  write_log = [{
    Sid    = "DeliverLogs"
    Effect = "Allow"
    Action = [
      "logs:CreateLogDelivery", "logs:GetLogDelivery", "logs:UpdateLogDelivery", "logs:DeleteLogDelivery",
      "logs:ListLogDeliveries", "logs:PutResourcePolicy", "logs:DescribeResourcePolicies", "logs:DescribeLogGroups",
    ]
    Resource = ["*"]
  }]
}
