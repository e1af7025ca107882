variable "name" {
  description = "The deployment's name."
  type        = string
}

variable "account_id" {
  description = "The AWS account's id."
  type        = string
}

variable "region" {
  description = "The region of all resources."
  type        = string
}

variable "schedule" {
  description = "When the chain starts, in UTC."
  type        = string
}

variable "cluster" {
  description = "The name of the ECS cluster."
  type        = string
}

variable "cluster_arn" {
  description = "The ARN of that cluster."
  type        = string
}

variable "families" {
  description = "The family of each task definition."
  type        = map(string)
}

variable "passed_role_arns" {
  description = "The execution and task roles that are handed to ECS."
  type        = list(string)
}

variable "subnet_ids" {
  description = "The subnets in which containers run."
  type        = list(string)
}

variable "security_group_id" {
  description = "The security group of the containers."
  type        = string
}

variable "assign_public_ip" {
  description = "Whether containers get a public address."
  type        = bool
}

variable "capacity_providers" {
  description = "Where ECS takes the capacity from."
  type        = list(object({ provider = string, weight = number, base = number }))
}

variable "lake" {
  description = "The lake's URI."
  type        = string
}

variable "log_group_arn" {
  description = "The ARN of the containers' log group, where executions that fail are logged as well."
  type        = string
}

variable "alarm_topic_arn" {
  description = "The SNS topic that is told when the chain failed; null for none."
  type        = string
}
