# A warehouse that is elsewhere: nothing is made, and no output pretends that something was.

mock_provider "aws" {}

variables {
  name                   = "paceline-qa"
  account_id             = "123456789012"
  region                 = "eu-west-1"
  kind                   = "existing"
  vpc_id                 = "vpc-1"
  private_subnet_ids     = []
  task_security_group_id = "sg-tasks"
  log_group              = "/paceline-qa"
  alarm_topic_arn        = null

  instance_class      = "db.t4g.micro"
  storage_gb          = 20
  storage_limit_gb    = 100
  multi_az            = false
  backup_days         = 7
  deletion_protection = true
  architecture        = "ARM64"
}

run "makes_nothing" {
  assert {
    condition = sum([
      length(aws_db_instance.warehouse), length(aws_db_parameter_group.warehouse), length(aws_db_subnet_group.warehouse),
      length(aws_security_group.warehouse), length(aws_vpc_security_group_ingress_rule.from_tasks),
      length(aws_vpc_security_group_egress_rule.tasks_to_warehouse), length(aws_ecs_task_definition.tunnel),
      length(aws_iam_role.tunnel_execution), length(aws_iam_role.tunnel_task), length(aws_iam_role_policy.tunnel_execution),
      length(aws_iam_role_policy.tunnel_task), length(aws_cloudwatch_metric_alarm.storage),
      length(aws_cloudwatch_metric_alarm.cpu),
    ]) == 0
    error_message = "not one resource"
  }
  assert {
    condition = alltrue([
      output.host == null, output.port == null, output.url == null, output.secret_arn == null, output.tunnel == null,
    ])
    error_message = "every output is null"
  }
}
