variable "name" {
  description = "The deployment's name, e.g. paceline-qa: every parameter is below /paceline-qa/."
  type        = string
}

variable "definitions" {
  description = "The folder with the task definitions, *.json, whose secrets are declared. By default that of the repository."
  type        = string
  default     = null

  validation {
    condition     = var.definitions == null ? true : length(fileset(var.definitions, "*.json")) > 0
    error_message = "definitions must be a folder with at least one task definition, *.json."
  }
}

variable "warehouse" {
  description = "rds: AWS manages the warehouse's password, so that it is no parameter. existing: it is one."
  type        = string

  validation {
    condition     = contains(["rds", "existing"], var.warehouse)
    error_message = "warehouse must be rds or existing, as in the environment."
  }
}
