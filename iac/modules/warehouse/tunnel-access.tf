# What the tunnel's task may do: write its log, and be reached by Session Manager. It knows no password.

locals {
  ecs_tasks = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "aws:SourceAccount" = var.account_id }
        ArnLike      = { "aws:SourceArn" = "arn:aws:ecs:${var.region}:${var.account_id}:*" }
      }
    }]
  })
}

resource "aws_iam_role" "tunnel_execution" {
  count = local.instances

  name               = "${local.tunnel_family}-execution"
  description        = "Starts the tunnel's task: writes its log"
  assume_role_policy = local.ecs_tasks
}

resource "aws_iam_role_policy" "tunnel_execution" {
  count = local.instances

  name = "log"
  role = aws_iam_role.tunnel_execution[0].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "WriteLog"
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "arn:aws:logs:${var.region}:${var.account_id}:log-group:${var.log_group}:*"
    }]
  })
}

resource "aws_iam_role" "tunnel_task" {
  count = local.instances

  name               = "${local.tunnel_family}-task"
  description        = "The tunnel's task: Session Manager reaches it"
  assume_role_policy = local.ecs_tasks
}

resource "aws_iam_role_policy" "tunnel_task" {
  #checkov:skip=CKV_AWS_290:The channels of Session Manager are no resources that a policy could name.
  #checkov:skip=CKV_AWS_355:The channels of Session Manager are no resources that a policy could name.
  count = local.instances

  name = "session-manager"
  role = aws_iam_role.tunnel_task[0].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid    = "SessionManagerChannels"
      Effect = "Allow"
      Action = [
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
      ]
      Resource = "*"
    }]
  })
}
