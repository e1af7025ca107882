variable "name" {
  description = "The deployment's name, e.g. paceline-qa: the name of the instance, and the beginning of every other name."
  type        = string
}

variable "account_id" {
  description = "The AWS account, 12 digits."
  type        = string
}

variable "region" {
  description = "The AWS region, e.g. eu-west-1."
  type        = string
}

variable "kind" {
  description = "rds makes a Postgres on Amazon RDS. existing makes nothing: the warehouse is at Supabase or is another Postgres."
  type        = string
  validation {
    condition     = contains(["rds", "existing"], var.kind)
    error_message = "kind must be rds or existing (for Supabase too)."
  }
}

variable "vpc_id" {
  description = "The VPC of the tasks, which the instance is put into."
  type        = string
}

variable "private_subnet_ids" {
  description = "Private subnets for the instance, in two availability zones or more, as RDS requires."
  type        = list(string)
  validation {
    condition     = var.kind != "rds" || length(distinct(var.private_subnet_ids)) >= 2
    error_message = "private_subnet_ids must name two subnets in different availability zones: RDS requires them."
  }
}

variable "task_security_group_id" {
  description = "The security group of the tasks: the only one that may connect to the instance."
  type        = string
}

variable "alarm_topic_arn" {
  description = "The SNS topic that hears of a full disk and a busy processor; null if nobody is to be told."
  type        = string
}
