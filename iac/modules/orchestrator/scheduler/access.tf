# Who may start the chain, and what the chain may do.
locals {
  roles = { chain = "states.amazonaws.com", schedule = "scheduler.amazonaws.com" }
  trust = { for role, service in local.roles : role => jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = service }
      # Otherwise AWS's service would also act for somebody else's account.
      Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
    }]
  }) }
}

resource "aws_iam_role" "schedule" {
  name               = "${var.name}-schedule"
  assume_role_policy = local.trust.schedule
}

resource "aws_iam_role_policy" "schedule" {
  name = "start"
  role = aws_iam_role.schedule.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "StartChain", Effect = "Allow", Action = ["states:StartExecution"], Resource = [local.state_machine_arn] },
    ]
  })
}

resource "aws_iam_role" "chain" {
  name               = "${var.name}-chain"
  assume_role_policy = local.trust.chain
}

resource "aws_iam_role_policy" "chain" {
  name = "run"
  role = aws_iam_role.chain.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = concat(local.run_containers, local.write_log)
  })
}
