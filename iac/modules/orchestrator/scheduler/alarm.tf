# A container that never ran leaves no report, so that the alarms on reports say nothing of it.
resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name          = "${var.name}-chain-failed"
  alarm_description   = "The chain of ${var.name} failed: open the execution in the console of Step Functions."
  namespace           = "AWS/States"
  metric_name         = "ExecutionsFailed"
  dimensions          = { StateMachineArn = local.state_machine_arn }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arn == null ? [] : [var.alarm_topic_arn]
}
