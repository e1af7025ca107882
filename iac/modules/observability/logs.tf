# The log of every container, whoever starts it. Its last line is the container's report.
resource "aws_cloudwatch_log_group" "containers" {
  #checkov:skip=CKV_AWS_158:Encrypted by CloudWatch's own key; the images log neither secrets nor records.
  #checkov:skip=CKV_AWS_338:retention_days is the deployment's choice; what matters for longer is in the lake's reports.
  name              = "/${var.name}"
  retention_in_days = var.retention_days
}

locals {
  log_group_arn = "arn:aws:logs:${var.region}:${var.account_id}:log-group:/${var.name}"
}
