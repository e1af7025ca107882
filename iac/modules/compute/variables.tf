variable "name" {
  description = "The deployment's name, e.g. paceline-qa: every name begins with it."
  type        = string
}

variable "account_id" {
  description = "The AWS account's number."
  type        = string
}

variable "region" {
  description = "The AWS region, e.g. eu-west-1."
  type        = string
}

variable "architecture" {
  description = "The processor that the images are built for. ARM64 costs 20 % less."
  type        = string

  validation {
    condition     = contains(["ARM64", "X86_64"], var.architecture)
    error_message = "architecture must be ARM64 or X86_64, as the images are built."
  }
}

variable "definitions" {
  description = "The folder with the task definitions, *.json. By default that of the repository, which a laptop runs as well."
  type        = string
  default     = null

  validation {
    condition     = var.definitions == null ? true : length(fileset(var.definitions, "*.json")) > 0
    error_message = "definitions must be a folder with at least one task definition, *.json."
  }
}

variable "repository_urls" {
  description = "The address of each image's repository, by image: extract, load, transformation."
  type        = map(string)
}

variable "repository_arns" {
  description = "The ARN of each image's repository, by image."
  type        = map(string)
}

variable "log_group" {
  description = "The name of the log group of all containers."
  type        = string
}

variable "log_group_arn" {
  description = "The ARN of that log group, without :* at its end."
  type        = string

  validation {
    condition     = !endswith(var.log_group_arn, ":*")
    error_message = "log_group_arn must be the group's own ARN, without :* at its end."
  }
}

variable "lake_bucket_arn" {
  description = "The ARN of the lake's bucket."
  type        = string
}

variable "environment" {
  description = "Further environment variables of the containers, by image. They replace those of the task definition."
  type        = map(map(string))

  validation {
    condition = !anytrue(flatten([
      for variables in values(var.environment) : [
        for name in keys(variables) : can(regex("(SECRET|PASSWORD|API_KEY|TOKEN)(_|$)", name))
      ]
    ]))
    error_message = "environment must hold no secret, because ECS shows it. Add an SSM parameter to the definition's secrets."
  }
}

variable "warehouse" {
  description = "rds: AWS manages the warehouse's password as a secret of its own. existing: it is an SSM parameter."
  type        = string

  validation {
    condition     = contains(["rds", "existing"], var.warehouse)
    error_message = "warehouse must be rds or existing."
  }
}

variable "warehouse_secret_arn" {
  description = "The ARN of that secret, whose member `password` becomes PACELINE_WAREHOUSE_PASSWORD, if warehouse is rds."
  type        = string
  default     = null

  validation {
    condition     = (var.warehouse == "rds") == (var.warehouse_secret_arn != null)
    error_message = "warehouse_secret_arn must be given if warehouse is rds, and only then."
  }
}
