variable "kind" {
  description = "What starts the daily run: \"mwaa\" (Airflow), \"scheduler\" (EventBridge and Step Functions) or \"none\"."
  type        = string
  validation {
    condition     = contains(["mwaa", "scheduler", "none"], var.kind)
    error_message = "kind must be \"mwaa\", \"scheduler\" or \"none\"."
  }
  validation {
    condition     = !(var.kind == "mwaa" && var.egress == "public_ip")
    error_message = <<-TEXT
      MWAA runs in private subnets and reaches AWS through a NAT gateway: set egress = "nat", or kind = "scheduler".
      webserver_access = "PUBLIC_ONLY" does not help, because it concerns the web UI alone.
    TEXT
  }
}

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

variable "cluster" {
  description = "The name of the ECS cluster that runs the containers."
  type        = string
}

variable "cluster_arn" {
  description = "The ARN of that cluster."
  type        = string
}

variable "families" {
  description = "The family of each task definition: extract-<application>, load and transformation."
  type        = map(string)
  validation {
    condition     = alltrue([for name in ["extract-strava", "load", "transformation"] : contains(keys(var.families), name)])
    error_message = "families must name the task definitions extract-strava, load and transformation, which the daily run starts."
  }
}

variable "passed_role_arns" {
  description = "The execution and task roles of the task definitions, which whoever starts a task hands to ECS."
  type        = list(string)
}

variable "task_security_group_id" {
  description = "The security group of the containers."
  type        = string
}

variable "log_group_arn" {
  description = "The ARN of the containers' log group, without a trailing :*."
  type        = string
}

variable "deployment" {
  description = "The text of paceline.json, which says where containers run; it is uploaded beside the DAGs, and names the lake."
  type        = string
  validation {
    condition     = can(jsondecode(var.deployment).lake)
    error_message = "deployment must be the JSON text of paceline.json, an object that names at least the lake."
  }
}
