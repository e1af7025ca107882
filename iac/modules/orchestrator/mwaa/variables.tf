variable "name" {
  description = "The deployment's name, which is also the environment's."
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

variable "vpc_id" {
  description = "The VPC of the private subnets."
  type        = string
}

variable "private_subnet_ids" {
  description = "Private subnets in two zones with a way out; the first two are used."
  type        = list(string)
}

variable "task_security_group_id" {
  description = "The security group of the containers; with a private web UI, a tunnel through one of them reaches it."
  type        = string
}

variable "webserver_access" {
  description = "PUBLIC_ONLY or PRIVATE_ONLY."
  type        = string
}

variable "environment_class" {
  description = "The size of the machines."
  type        = string
}

variable "workers" {
  description = "How many workers there are at least and at most."
  type        = object({ min = number, max = number })
}

variable "log_retention_days" {
  description = "How long Airflow's own logs are kept, in days."
  type        = number
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

variable "log_group_arn" {
  description = "The ARN of the containers' log group, which tasks show."
  type        = string
}

variable "deployment" {
  description = "The text of paceline.json."
  type        = string
}
