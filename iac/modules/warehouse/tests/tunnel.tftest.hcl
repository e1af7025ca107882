# The task that the tunnel goes through: it ends by itself, and may do almost nothing.

mock_provider "aws" {
  mock_resource "aws_db_instance" {
    defaults = {
      address            = "paceline-qa.abc.eu-west-1.rds.amazonaws.com"
      master_user_secret = [{ kms_key_id = "key", secret_arn = "arn:secret", secret_status = "active" }]
    }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/mock" }
  }
}

variables {
  name                   = "paceline-qa"
  account_id             = "123456789012"
  region                 = "eu-west-1"
  kind                   = "rds"
  vpc_id                 = "vpc-1"
  private_subnet_ids     = ["subnet-1", "subnet-2"]
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

run "ends_by_itself_after_eight_hours" {
  assert {
    condition     = jsondecode(aws_ecs_task_definition.tunnel[0].container_definitions)[0].command == ["sleep", "28800"]
    error_message = "a task that was forgotten costs 8 hours at most"
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.tunnel[0].container_definitions)[0].linuxParameters.initProcessEnabled
    error_message = "sleep alone would ignore SIGTERM"
  }
}

run "loses_no_line_of_its_log" {
  assert {
    condition     = jsondecode(aws_ecs_task_definition.tunnel[0].container_definitions)[0].logConfiguration.options.mode == "blocking"
    error_message = "ECS's default drops lines when its buffer is full"
  }
}

run "has_no_port_and_no_secret" {
  assert {
    condition = alltrue([
      for member in ["portMappings", "secrets", "environment"] :
      !can(jsondecode(aws_ecs_task_definition.tunnel[0].container_definitions)[0][member])
    ])
    error_message = "the task knows nothing and listens nowhere"
  }
}

run "may_be_reached_by_session_manager_and_nothing_else" {
  assert {
    condition = toset(jsondecode(aws_iam_role_policy.tunnel_task[0].policy).Statement[*].Action...) == toset([
      "ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel",
    ])
    error_message = "four actions"
  }
  assert {
    condition = (
      jsondecode(aws_iam_role_policy.tunnel_execution[0].policy).Statement[0].Resource
      == "arn:aws:logs:eu-west-1:123456789012:log-group:/paceline-qa:*"
    )
    error_message = "it writes to the deployment's log group alone"
  }
}

run "runs_on_either_architecture" {
  variables {
    architecture = "X86_64"
  }
  assert {
    condition     = aws_ecs_task_definition.tunnel[0].runtime_platform[0].cpu_architecture == "X86_64"
    error_message = "as told"
  }
}

run "tells_the_script_what_it_needs" {
  assert {
    condition = output.tunnel == {
      family    = "paceline-qa-tunnel"
      container = "tunnel"
      host      = "paceline-qa.abc.eu-west-1.rds.amazonaws.com"
      port      = 5432
      database  = "paceline"
      user      = "paceline"
      secret    = "arn:secret"
      region    = "eu-west-1"
    }
    error_message = "iac/paceline_aws/tunnel_deployment.py reads these"
  }
}
