# What nobody would notice until a load fails. Without a topic the alarms are only shown in CloudWatch.

locals {
  alarm_actions = var.alarm_topic_arn == null ? [] : [var.alarm_topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "storage" {
  count = local.instances

  alarm_name        = "${var.name}-warehouse-storage"
  alarm_description = <<-EOT
    Less than 1 GB of storage is free. RDS enlarges it up to ${var.storage_limit_gb} GB by itself: if it is there, raise
    storage_limit_gb. If the data is much smaller, a replication slot that nobody reads keeps the write-ahead log:
    select slot_name, pg_size_pretty(pg_current_wal_lsn() - restart_lsn) from pg_replication_slots
  EOT

  namespace           = "AWS/RDS"
  metric_name         = "FreeStorageSpace"
  dimensions          = { DBInstanceIdentifier = aws_db_instance.warehouse[0].identifier }
  statistic           = "Minimum"
  comparison_operator = "LessThanThreshold"
  threshold           = 1073741824 # bytes; RDS enlarges the storage before, at a tenth of it
  period              = 300
  evaluation_periods  = 3
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions
}

resource "aws_cloudwatch_metric_alarm" "cpu" {
  count = local.instances

  alarm_name        = "${var.name}-warehouse-cpu"
  alarm_description = <<-EOT
    The processor has been busy for an hour, which no daily run takes. CloudWatch Database Insights shows the statements. A class that
    begins with db.t is billed for such hours in addition.
  EOT

  namespace           = "AWS/RDS"
  metric_name         = "CPUUtilization"
  dimensions          = { DBInstanceIdentifier = aws_db_instance.warehouse[0].identifier }
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 90 # percent
  period              = 300
  evaluation_periods  = 12
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions
}
