variable "name" {
  description = "The deployment's name, e.g. paceline-qa; the name of every resource begins with it."
  type        = string
}

variable "account_id" {
  description = "The AWS account's id."
  type        = string
}

variable "region" {
  description = "The region of all resources, e.g. eu-west-1."
  type        = string
}

variable "retention_days" {
  description = "How long the containers' logs are kept, in days; reports are kept in the lake for longer."
  type        = number
}

variable "alarm_email" {
  description = "Where alarms are sent, once the mail that AWS sends first is confirmed; null for nowhere."
  type        = string
  validation {
    condition     = var.alarm_email == null || can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", var.alarm_email))
    error_message = "alarm_email must be an e-mail address, or null."
  }
}

variable "monthly_budget_usd" {
  description = "What the AWS account may cost a month, in US dollars, before somebody is told; null for no budget."
  type        = number
  validation {
    condition     = var.monthly_budget_usd == null || try(var.monthly_budget_usd >= 1, false)
    error_message = "monthly_budget_usd must be at least 1, or null for no budget."
  }
}

variable "quiet_hours" {
  description = "After how many hours without a green run there is an alarm; null for none, where nothing is scheduled."
  type        = number
  validation {
    # Runs start every 24 hours; CloudWatch looks back a week at most, hour by hour.
    condition     = var.quiet_hours == null || try(contains(range(25, 169), var.quiet_hours), false)
    error_message = "quiet_hours must be a whole number from 25 (more than a day) to 168 (a week), or null for no alarm."
  }
}
