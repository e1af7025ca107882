variable "vpc_id" {
  description = "The VPC of MWAA's private subnets."
  type        = string
}

variable "private_subnet_ids" {
  description = "Private subnets in two zones with a way out, for MWAA, which uses the first two. Changing them replaces it."
  type        = list(string)
  validation {
    condition     = var.kind != "mwaa" || length(distinct(var.private_subnet_ids)) >= 2
    error_message = "MWAA needs two private subnets in two availability zones: give both in private_subnet_ids."
  }
}

# tflint-ignore: terraform_unused_declarations # read by the validation of kind
variable "egress" {
  description = "How containers reach the internet: \"nat\", or \"public_ip\" for an address of their own."
  type        = string
  validation {
    condition     = contains(["nat", "public_ip"], var.egress)
    error_message = "egress must be \"nat\" or \"public_ip\"."
  }
}

variable "webserver_access" {
  description = "Where Airflow's web UI is reached from: \"PUBLIC_ONLY\" (AWS's log-in) or \"PRIVATE_ONLY\" (the VPC)."
  type        = string
  validation {
    condition     = contains(["PRIVATE_ONLY", "PUBLIC_ONLY"], var.webserver_access)
    error_message = "webserver_access must be \"PRIVATE_ONLY\" or \"PUBLIC_ONLY\"."
  }
}

variable "environment_class" {
  description = "The size of MWAA's machines; Paceline's tasks only wait for containers, so that mw1.micro or mw1.small do."
  type        = string
  validation {
    condition     = can(regex("^mw1\\.(micro|small|medium|large|xlarge|2xlarge)$", var.environment_class))
    error_message = "environment_class must be mw1.micro, mw1.small, mw1.medium, mw1.large, mw1.xlarge or mw1.2xlarge."
  }
}

variable "workers" {
  description = "How many workers MWAA keeps at least and adds at most; one serves five tasks at a time (mw1.micro: three)."
  type        = object({ min = number, max = number })
  validation {
    condition     = var.workers.min >= 1 && var.workers.min <= var.workers.max && var.workers.max <= 25
    error_message = "workers must have a min of at least 1 and a max from min to 25."
  }
  validation {
    condition     = var.environment_class != "mw1.micro" || var.workers.max == 1
    error_message = "mw1.micro has exactly one worker: set workers to {min = 1, max = 1}, or choose a larger environment_class."
  }
}

variable "log_retention_days" {
  description = "How long Airflow's own logs are kept, in days."
  type        = number
}
