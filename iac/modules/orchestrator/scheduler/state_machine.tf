# The definition is made of one shape for each step. Everything about a step's current try is at `$.<step>`: its number, where it
# gets its capacity, what ECS says of the task, and the container. Retry cannot tell exit codes apart: instead, a loop of states
# around each task tries again.
locals {
  definition = jsonencode({
    Comment = "${var.name}: Strava's API to the lake, the lake to the warehouse, the warehouse to the marts."
    StartAt = "Begin"
    States  = merge(local.frame, local.step_states...)
  })

  first      = "${local.steps[0].title}: next try"
  next_state = { for i, step in local.steps : step.name => try("${local.steps[i + 1].title}: next try", "All succeeded?") }

  frame = {
    Begin = {
      Type       = "Pass"
      Comment    = "Whatever the execution was started with, no step has been tried."
      Parameters = merge({ strategies = local.strategies }, { for step in local.steps : step.name => { try = 0 } })
      Next       = local.first
    }
    "All succeeded?" = {
      Type    = "Choice"
      Comment = "A step that failed without halting the chain still makes the execution fail."
      Choices = [{ Variable = "$.failed", IsPresent = true, Next = "Failed" }]
      Default = "Done"
    }
    Failed = {
      Type      = "Fail"
      Comment   = "At least one step failed; its cause is that of the last one."
      ErrorPath = "$.failed.error"
      CausePath = "$.failed.cause"
    }
    Done = { Type = "Succeed" }
  }
}

resource "aws_sfn_state_machine" "chain" {
  #checkov:skip=CKV_AWS_284:X-Ray traces calls between services; the steps are containers that do not report to it.
  name       = "${var.name}-strava-daily"
  role_arn   = aws_iam_role.chain.arn
  definition = local.definition

  logging_configuration {
    log_destination        = "${var.log_group_arn}:*"
    level                  = "ERROR"
    include_execution_data = true
  }

  # Creating it already checks that the role may write the log.
  depends_on = [aws_iam_role_policy.chain]
}
