variable "environment" {
  description = "Whose secrets: qa or prod, as in iac/environments."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.environment)) && length(var.environment) <= 15
    error_message = "environment must be the name of a folder of iac/environments, e.g. qa, of at most 15 characters."
  }
}

variable "region" {
  description = "The AWS region of the environment, e.g. eu-west-1."
  type        = string

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region must be the name of an AWS region, e.g. eu-west-1."
  }

  validation {
    condition     = !can(regex("^(cn|us-gov|us-iso[a-z]*|eu-iso[a-z]*)-", var.region))
    error_message = "region must not be one of China or of a government's cloud: ARNs here are of the partition aws."
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
