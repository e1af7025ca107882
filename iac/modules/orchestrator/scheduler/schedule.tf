resource "aws_scheduler_schedule" "daily" {
  #checkov:skip=CKV_AWS_297:A schedule holds no data, only the state machine's ARN.
  name                         = "${var.name}-strava-daily"
  description                  = "Starts the chain of ${var.name}: extract, load, dbt."
  schedule_expression          = var.schedule
  schedule_expression_timezone = "UTC"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = local.state_machine_arn
    role_arn = aws_iam_role.schedule.arn

    # Only of the start itself: what fails afterwards is retried by the chain.
    retry_policy {
      maximum_retry_attempts       = 10
      maximum_event_age_in_seconds = 3600
    }
  }

  depends_on = [aws_sfn_state_machine.chain, aws_iam_role_policy.schedule]
}

locals {
  state_machine_arn = "arn:aws:states:${var.region}:${var.account_id}:stateMachine:${var.name}-strava-daily"
}
