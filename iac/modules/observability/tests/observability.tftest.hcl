mock_provider "aws" {
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:eu-west-1:123456789012:mocked" }
  }
  mock_resource "aws_kms_key" {
    defaults = { key_id = "00000000-0000-0000-0000-000000000000" }
  }
}

variables {
  name       = "paceline-qa"
  account_id = "123456789012"
  region     = "eu-west-1"

  retention_days     = 90
  alarm_email        = null
  monthly_budget_usd = null
  quiet_hours        = 36
}

run "least" {
  assert {
    condition = alltrue([
      aws_cloudwatch_log_group.containers.name == "/paceline-qa",
      aws_cloudwatch_log_group.containers.retention_in_days == 90,
      output.log_group == "/paceline-qa",
      output.log_group_arn == "arn:aws:logs:eu-west-1:123456789012:log-group:/paceline-qa",
      output.topic_arn == "arn:aws:sns:eu-west-1:123456789012:paceline-qa-alarms",
    ])
    error_message = "The log group and the topic are named after the deployment."
  }
  assert {
    condition     = length(aws_sns_topic_subscription.email) == 0 && length(aws_budgets_budget.monthly) == 0
    error_message = "Without an address and an amount there is neither a subscription nor a budget."
  }
  assert {
    condition = alltrue([for alarm in aws_cloudwatch_metric_alarm.quiet :
      alarm.period * alarm.evaluation_periods == 36 * 3600 && alarm.treat_missing_data == "breaching" && alarm.threshold == 1
    ]) && join(" ", keys(aws_cloudwatch_metric_alarm.quiet)) == "built read"
    error_message = "No green run for 36 hours is an alarm, also if nothing reports at all."
  }
  assert {
    condition = alltrue([for alarm in aws_cloudwatch_metric_alarm.happened : alarm.treat_missing_data == "notBreaching"]) && (
      join(" ", keys(aws_cloudwatch_metric_alarm.happened)) == "budget-spent failed"
    )
    error_message = "A failure and a spent budget are alarms; their absence is none."
  }
  assert {
    condition = alltrue([for alarm in merge(aws_cloudwatch_metric_alarm.happened, aws_cloudwatch_metric_alarm.quiet) :
      alarm.namespace == "Paceline/paceline-qa" && contains(keys(local.metrics), alarm.metric_name) &&
      alarm.alarm_actions == toset([output.topic_arn])
    ])
    error_message = "Each alarm is on a metric that a filter makes, and tells the topic."
  }
  assert {
    condition = alltrue([for service in ["cloudwatch.amazonaws.com", "budgets.amazonaws.com"] :
      alltrue([for policy in [aws_kms_key.alarms.policy, aws_sns_topic_policy.alarms.policy] : strcontains(policy, service)])
    ])
    error_message = "Alarms and the budget may use the key and publish to the topic."
  }
}

run "all" {
  variables {
    alarm_email        = "ops@example.com"
    monthly_budget_usd = 50
    quiet_hours        = 168
    retention_days     = 365
  }
  assert {
    condition     = one(aws_sns_topic_subscription.email).endpoint == "ops@example.com"
    error_message = "The address is subscribed."
  }
  assert {
    condition = (
      one(aws_budgets_budget.monthly).limit_amount == "50" &&
      toset([for each in one(aws_budgets_budget.monthly).notification : "${each.notification_type} ${each.threshold}"]) ==
      toset(["ACTUAL 80", "FORECASTED 100"])
    )
    error_message = "The budget tells at 80 % spent and 100 % forecast."
  }
}

run "nothing_is_scheduled" {
  command = plan
  variables {
    quiet_hours = null
  }
  assert {
    condition     = length(aws_cloudwatch_metric_alarm.quiet) == 0
    error_message = "Where nothing is scheduled, quiet is no alarm."
  }
}

run "not_an_address" {
  command = plan
  variables {
    alarm_email = "ops"
  }
  expect_failures = [var.alarm_email]
}

run "a_budget_of_nothing" {
  command = plan
  variables {
    monthly_budget_usd = 0
  }
  expect_failures = [var.monthly_budget_usd]
}

run "quiet_for_less_than_a_day" {
  command = plan
  variables {
    quiet_hours = 24
  }
  expect_failures = [var.quiet_hours]
}

run "quiet_for_more_than_a_week" {
  command = plan
  variables {
    quiet_hours = 169
  }
  expect_failures = [var.quiet_hours]
}

run "quiet_for_half_an_hour_more" {
  command = plan
  variables {
    quiet_hours = 36.5
  }
  expect_failures = [var.quiet_hours]
}
