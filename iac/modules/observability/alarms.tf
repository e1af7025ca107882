# What happened: each is an alarm for as long as a period has one, and OK again afterwards.
resource "aws_cloudwatch_metric_alarm" "happened" {
  for_each = {
    failed = join(" ", [
      "A container of ${var.name} failed: the last line of its log in /${var.name} says why and what to do.",
      "A retry may have succeeded since.",
    ])
    budget-spent = join(" ", [
      "An extract of ${var.name} ended with exit 75: the day's budget of calls is spent, or another run holds its accounts.",
      "During a first import that is as it should be, day after day. Later it means more changes than the budget allows.",
    ])
  }

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value
  namespace           = local.namespace
  metric_name         = each.key
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = [local.topic_arn]

  depends_on = [aws_sns_topic_policy.alarms]
}

# What did not happen. Each of the last hours lacks it: an hour is the shortest period that may look back for more than a day, and
# hours without any report count as lacking it, so that a deployment is in alarm until its first green run.
resource "aws_cloudwatch_metric_alarm" "quiet" {
  for_each = var.quiet_hours == null ? {} : {
    read  = "No extract of ${var.name} has ended well for ${var.quiet_hours} hours: is the schedule on, and do its tasks start?"
    built = "The marts of ${var.name} were not built for ${var.quiet_hours} hours: see the last runs of load and dbt."
  }

  alarm_name          = "${var.name}-not-${each.key}"
  alarm_description   = each.value
  namespace           = local.namespace
  metric_name         = each.key
  statistic           = "Sum"
  period              = 3600
  evaluation_periods  = var.quiet_hours
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  treat_missing_data  = "breaching"
  alarm_actions       = [local.topic_arn]
  ok_actions          = [local.topic_arn]

  depends_on = [aws_sns_topic_policy.alarms]
}
