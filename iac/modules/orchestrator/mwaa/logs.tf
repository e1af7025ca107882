# MWAA would make these log groups itself, and keep them for ever.
locals {
  # A task's log is the container's, line by line; of the others only what is odd is worth its price.
  logs = { DAGProcessing = "WARNING", Scheduler = "WARNING", Task = "INFO", WebServer = "WARNING", Worker = "WARNING" }
}

resource "aws_cloudwatch_log_group" "airflow" {
  #checkov:skip=CKV_AWS_158:Encrypted by CloudWatch's own key; the logs hold no secret and no record.
  #checkov:skip=CKV_AWS_338:log_retention_days is the deployment's choice; what matters for longer is in the lake's reports.
  for_each = local.logs

  name              = "airflow-${var.name}-${each.key}"
  retention_in_days = var.log_retention_days
}
