variable "name" {
  description = "The deployment's name, e.g. paceline-qa; the name of every resource begins with it."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,23}$", var.name))
    error_message = "name must be 3 to 24 lower-case letters, digits and hyphens, and begin with a letter, e.g. paceline-qa."
  }
}

variable "account_id" {
  description = "The AWS account's id."
  type        = string
  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must be the 12 digits of an AWS account."
  }
}

variable "region" {
  description = "The region of all resources, e.g. eu-west-1."
  type        = string
}

variable "retention_days" {
  description = "How long the containers' logs are kept, in days; reports are kept in the lake for longer."
  type        = number
  default     = 90
  validation {
    condition = contains([
      1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653
    ], var.retention_days)
    error_message = "retention_days must be one of CloudWatch's, e.g. 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545 or 731."
  }
}

variable "alarm_email" {
  description = "Who is told of alarms, after confirming the mail that AWS sends first; null for nobody."
  type        = string
  default     = null
  validation {
    condition     = var.alarm_email == null || can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", var.alarm_email))
    error_message = "alarm_email must be an e-mail address, or null."
  }
}

variable "monthly_budget_usd" {
  description = "What the AWS account may cost a month, in US dollars, before somebody is told; null for no budget."
  type        = number
  default     = null
  validation {
    condition     = var.monthly_budget_usd == null || try(var.monthly_budget_usd >= 1, false)
    error_message = "monthly_budget_usd must be at least 1, or null for no budget."
  }
}

variable "quiet_hours" {
  description = "After how many hours without a green run there is an alarm; null for none, where nothing is scheduled."
  type        = number
  default     = 36
  validation {
    # Runs start every 24 hours; CloudWatch looks back a week at most, hour by hour.
    condition     = var.quiet_hours == null || try(contains(range(25, 169), var.quiet_hours), false)
    error_message = "quiet_hours must be a whole number from 25 (more than a day) to 168 (a week), or null for no alarm."
  }
}
