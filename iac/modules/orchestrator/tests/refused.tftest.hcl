mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/mocked" }
  }
  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::mocked" }
  }
  mock_resource "aws_sfn_state_machine" {
    defaults = { arn = "arn:aws:states:eu-west-1:123456789012:stateMachine:mocked" }
  }
}

variables {
  kind       = "none"
  name       = "paceline-qa"
  account_id = "123456789012"
  region     = "eu-west-1"

  vpc_id                 = "vpc-1"
  private_subnet_ids     = ["subnet-private-a", "subnet-private-b", "subnet-private-c"]
  task_subnet_ids        = ["subnet-task-a", "subnet-task-b"]
  task_security_group_id = "sg-tasks"
  egress                 = "nat"
  assign_public_ip       = false
  capacity_providers     = [{ provider = "FARGATE_SPOT", weight = 4 }, { provider = "FARGATE", weight = 1, base = 1 }]

  cluster     = "paceline-qa"
  cluster_arn = "arn:aws:ecs:eu-west-1:123456789012:cluster/paceline-qa"
  families = {
    extract-strava = "paceline-qa-extract-strava"
    load           = "paceline-qa-load"
    transformation = "paceline-qa-transformation"
  }
  passed_role_arns   = ["arn:aws:iam::123456789012:role/paceline-qa-load-task"]
  webserver_access   = "PUBLIC_ONLY"
  environment_class  = "mw1.small"
  workers            = { min = 1, max = 2 }
  log_retention_days = 30
  schedule           = "cron(5 0 * * ? *)"
  alarm_topic_arn    = "arn:aws:sns:eu-west-1:123456789012:paceline-qa-alarms"
  log_group_arn      = "arn:aws:logs:eu-west-1:123456789012:log-group:/paceline-qa"
  deployment         = "{\"lake\": \"s3://paceline-qa-lake-123456789012-eu-west-1\"}"
}

run "unknown_kind" {
  command = plan
  variables {
    kind = "airflow"
  }
  expect_failures = [var.kind]
}

run "families_without_load" {
  command = plan
  variables {
    families = { extract-strava = "a", transformation = "b" }
  }
  expect_failures = [var.families]
}

run "unknown_egress" {
  command = plan
  variables {
    egress = "internet"
  }
  expect_failures = [var.egress]
}

run "a_deployment_that_is_not_json" {
  command = plan
  variables {
    deployment = "lake: s3://x"
  }
  expect_failures = [var.deployment]
}

run "a_deployment_without_a_lake" {
  command = plan
  variables {
    deployment = "{}"
  }
  expect_failures = [var.deployment]
}
