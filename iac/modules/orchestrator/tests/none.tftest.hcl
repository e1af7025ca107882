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
  mock_resource "aws_sqs_queue" {
    defaults = { arn = "arn:aws:sqs:eu-west-1:123456789012:mocked" }
  }
}

variables {
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
  execution_role_arns = {
    extract-strava = "arn:aws:iam::123456789012:role/paceline-qa-extract-strava-execution"
    load           = "arn:aws:iam::123456789012:role/paceline-qa-load-execution"
    transformation = "arn:aws:iam::123456789012:role/paceline-qa-transformation-execution"
  }
  task_role_arns = {
    extract-strava = "arn:aws:iam::123456789012:role/paceline-qa-extract-strava-task"
    load           = "arn:aws:iam::123456789012:role/paceline-qa-load-task"
    transformation = "arn:aws:iam::123456789012:role/paceline-qa-transformation-task"
  }
  log_group_arn = "arn:aws:logs:eu-west-1:123456789012:log-group:/paceline-qa"
  deployment    = "{\"lake\": \"s3://paceline-qa-lake-123456789012-eu-west-1\"}"
}

run "nothing" {
  command = plan
  variables {
    kind = "none"
  }
  assert {
    condition = (
      output.dags_bucket == null && output.webserver_url == null && output.state_machine_arn == null && output.definition == null
    )
    error_message = "Without an orchestrator there are none of its outputs."
  }
  assert {
    condition     = length(module.mwaa) == 0 && length(module.scheduler) == 0
    error_message = "Without an orchestrator nothing is made."
  }
}
