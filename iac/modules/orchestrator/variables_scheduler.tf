variable "schedule" {
  description = "When the scheduler starts the chain, as a cron, rate or at expression of EventBridge Scheduler, in UTC."
  type        = string
  # Five minutes after midnight UTC, when Strava's daily budget begins; the DAG has the same.
  default = "cron(5 0 * * ? *)"
  validation {
    condition     = can(regex("^(cron\\([^()]+\\)|rate\\([0-9]+ (minute|hour|day)s?\\)|at\\([0-9T:-]+\\))$", var.schedule))
    error_message = "schedule must be an expression such as cron(5 0 * * ? *), rate(1 day) or at(2026-12-01T00:05:00)."
  }
  validation {
    condition     = !startswith(var.schedule, "cron(") || length(split(" ", var.schedule)) == 6
    error_message = "AWS's cron expressions have six fields, the last of which is the year: cron(5 0 * * ? *)."
  }
}

variable "keep_failed_starts" {
  description = "Whether a start that the scheduler gave up is kept in a queue; the alarm on quiet hours tells of it either way."
  type        = bool
  default     = false
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
  validation {
    condition     = length(var.capacity_providers) > 0 && anytrue([for each in var.capacity_providers : each.weight > 0])
    error_message = "capacity_providers must name at least one provider with a weight of more than 0, e.g. FARGATE."
  }
}

variable "alarm_topic_arn" {
  description = "The SNS topic that is told when the chain failed; null for none."
  type        = string
  default     = null
}
