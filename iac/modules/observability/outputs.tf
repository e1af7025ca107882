# Made of names, so that they are known when planning; whoever uses them waits for what they name.
output "log_group" {
  description = "The name of the containers' log group."
  value       = "/${var.name}"
  depends_on  = [aws_cloudwatch_log_group.containers]
}

output "log_group_arn" {
  description = "Its ARN, without a trailing :*."
  value       = local.log_group_arn
  depends_on  = [aws_cloudwatch_log_group.containers]
}

output "topic_arn" {
  description = "The SNS topic that alarms are sent to."
  value       = local.topic_arn
  depends_on  = [aws_sns_topic_policy.alarms]
}

output "metrics" {
  description = "The filter pattern of each number made of the reports, by its name."
  value       = local.metrics
}
