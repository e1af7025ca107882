variable "environment" {
  description = "Whose secrets: qa or prod, as in iac/environments."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,13}$", var.environment))
    error_message = "environment must be the name of a folder of iac/environments, e.g. qa."
  }
}

variable "region" {
  description = "The AWS region of the environment, e.g. eu-west-1."
  type        = string

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region must be the name of an AWS region, e.g. eu-west-1."
  }
}

variable "warehouse" {
  description = "The environment's warehouse: rds, whose password AWS manages, or existing."
  type        = string
  default     = "rds"

  validation {
    condition     = contains(["rds", "existing"], var.warehouse)
    error_message = "warehouse must be rds or existing, as in the environment."
  }
}
