# Two roles for each task definition: ECS itself starts the task with the first, and the container runs with the second.
locals {
  parameter_arn = "arn:aws:ssm:${var.region}:${var.account_id}:parameter"

  # No other account can make ECS use these roles.
  trust = jsonencode({
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

resource "aws_iam_role" "execution" {
  for_each = local.files

  name               = "${var.name}-${each.key}-execution"
  description        = "ECS: pulls the image of ${each.key}, reads its secrets and writes its log."
  assume_role_policy = local.trust
}

resource "aws_iam_role_policy" "execution" {
  for_each = local.files

  name = "start"
  role = aws_iam_role.execution[each.key].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        { Sid = "SignInToRegistry", Effect = "Allow", Action = ["ecr:GetAuthorizationToken"], Resource = ["*"] },
        {
          Sid      = "PullImage"
          Effect   = "Allow"
          Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
          Resource = [var.repository_arns[local.containers[each.key].name]]
        },
        {
          Sid      = "WriteLog"
          Effect   = "Allow"
          Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
          Resource = ["${var.log_group_arn}:log-stream:paceline/${local.containers[each.key].name}/*"]
        },
      ],
      [
        for parameters in [local.parameters[each.key]] : {
          Sid      = "ReadSecrets"
          Effect   = "Allow"
          Action   = ["ssm:GetParameters"]
          Resource = [for parameter in sort(values(parameters)) : "${local.parameter_arn}${parameter}"]
        } if length(parameters) > 0
      ],
    )
  })
}

# A policy of its own: the secret's ARN is unknown until RDS has made it, and the rest is to be seen in the plan.
resource "aws_iam_role_policy" "warehouse_password" {
  for_each = {
    for name, container in local.containers : name => container
    if anytrue([for secret in container.secrets : contains(local.managed, secret.name)])
  }

  name = "warehouse-password"
  role = aws_iam_role.execution[each.key].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "ReadWarehousePassword"
      Effect   = "Allow"
      Action   = ["secretsmanager:GetSecretValue"]
      Resource = [var.warehouse_secret_arn]
    }]
  })
}

resource "aws_iam_role" "task" {
  for_each = local.files

  name               = "${var.name}-${each.key}-task"
  description        = "What the container of ${each.key} may do itself."
  assume_role_policy = local.trust
}
