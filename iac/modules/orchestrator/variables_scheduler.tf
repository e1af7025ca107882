variable "schedule" {
  description = "When the scheduler starts the chain, as a cron, rate or at expression of EventBridge Scheduler, in UTC."
  type        = string
  validation {
    condition     = can(regex("^(cron|rate|at)\\([^()]+\\)$", var.schedule))
    error_message = "schedule must be an expression such as cron(5 0 * * ? *), rate(1 day) or at(2026-12-01T00:05:00)."
  }
  validation {
    condition     = !startswith(var.schedule, "cron(") || length(split(" ", var.schedule)) == 6
    error_message = "AWS's cron expressions have six fields, the last of which is the year: cron(5 0 * * ? *)."
  }
  validation {
    condition = !startswith(var.schedule, "cron(") || length([
      for field, value in split(" ", trimsuffix(trimprefix(var.schedule, "cron("), ")")) : value
      if contains([2, 4], field) && value == "?"
    ]) == 1
    error_message = "Exactly one of the third and the fifth field (day of the month, of the week) must be ?: cron(5 0 * * ? *)."
  }
  validation {
    condition = !startswith(var.schedule, "rate(") || can(
      regex("^rate\\((1 (minute|hour|day)|([2-9]|[1-9][0-9]+) (minutes|hours|days))\\)$", var.schedule)
    )
    error_message = "A rate must be a whole number above 0 with its unit in the right number: rate(1 day), rate(12 hours)."
  }
  validation {
    condition = !startswith(var.schedule, "at(") || can(
      regex("^at\\([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\)$", var.schedule)
    )
    error_message = "A single start must have its date and time in UTC, without a zone: at(2026-12-01T00:05:00)."
  }
}

variable "task_subnet_ids" {
  description = "The subnets in which the scheduler's containers run."
  type        = list(string)
}

variable "assign_public_ip" {
  description = "Whether the scheduler's containers get a public address, which they need in public subnets."
  type        = bool
}

variable "capacity_providers" {
  description = "Where ECS takes the capacity of the scheduler's containers from, as in paceline.json."
  type        = list(object({ provider = string, weight = number, base = optional(number, 0) }))
}

variable "alarm_topic_arn" {
  description = "The SNS topic that is told when the chain failed; null for none."
  type        = string
}
