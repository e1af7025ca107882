mock_provider "aws" {
  source = "../pipeline/tests/aws"
}

variables {
  kind = "scheduler"
}

run "chain" {
  assert {
    condition     = length(module.mwaa) == 0 && output.dags_bucket == null && output.webserver_url == null
    error_message = "The scheduler replaces MWAA."
  }
  assert {
    condition     = jsondecode(output.definition).StartAt == "Begin"
    error_message = "The definition is an output, which iac/tests/test_state_machine.py walks through."
  }
}

# The scheduler takes no private subnets: a network without NAT is fine.
run "behind_public_ip" {
  variables {
    egress             = "public_ip"
    private_subnet_ids = []
    assign_public_ip   = true
  }
  assert {
    condition     = strcontains(output.definition, "\"AssignPublicIp\":\"ENABLED\"")
    error_message = "Containers in public subnets get a public address."
  }
}

run "its_parts" {
  module {
    source = "./scheduler"
  }
  variables {
    subnet_ids         = ["subnet-task-a"]
    security_group_id  = "sg-tasks"
    capacity_providers = [{ provider = "FARGATE", weight = 1, base = 0 }]
    lake               = "s3://lake"
  }
  assert {
    condition = alltrue([
      aws_scheduler_schedule.daily.schedule_expression == "cron(5 0 * * ? *)",
      aws_scheduler_schedule.daily.schedule_expression_timezone == "UTC",
      aws_scheduler_schedule.daily.flexible_time_window[0].mode == "OFF",
    ])
    error_message = "The chain starts at five past midnight UTC, to the minute."
  }
  assert {
    condition     = aws_sfn_state_machine.chain.logging_configuration[0].level == "ERROR"
    error_message = "What fails is in the log."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.failed.alarm_actions == toset([var.alarm_topic_arn])
    error_message = "A chain that failed is told."
  }
}

run "a_cron_expression_with_five_fields" {
  command = plan
  variables {
    schedule = "cron(5 0 * * *)"
  }
  expect_failures = [var.schedule]
}

run "a_cron_expression_with_both_days" {
  command = plan
  variables {
    schedule = "cron(5 0 * * * *)"
  }
  expect_failures = [var.schedule]
}

run "a_cron_expression_with_neither_day" {
  command = plan
  variables {
    schedule = "cron(5 0 ? * ? *)"
  }
  expect_failures = [var.schedule]
}

run "a_rate_of_nothing" {
  command = plan
  variables {
    schedule = "rate(0 day)"
  }
  expect_failures = [var.schedule]
}

run "a_rate_of_two_day" {
  command = plan
  variables {
    schedule = "rate(2 day)"
  }
  expect_failures = [var.schedule]
}

run "a_start_without_a_time" {
  command = plan
  variables {
    schedule = "at(2026-12-01)"
  }
  expect_failures = [var.schedule]
}

run "weekdays" {
  command = plan
  variables {
    schedule = "cron(5 0 ? * MON-FRI *)"
  }
}

run "twice_a_day" {
  command = plan
  variables {
    schedule = "rate(12 hours)"
  }
}

run "a_single_start" {
  command = plan
  variables {
    schedule = "at(2026-12-01T00:05:00)"
  }
}

run "a_bare_cron_expression" {
  command = plan
  variables {
    schedule = "5 0 * * ? *"
  }
  expect_failures = [var.schedule]
}
