variable "name" {
  description = "The deployment's name, e.g. paceline-qa. Every name in AWS begins with it, so deployments share nothing."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,23}$", var.name))
    error_message = "name must have 3 to 24 lower-case letters, digits and hyphens, and begin with a letter, e.g. paceline-qa."
  }
}

variable "region" {
  description = "The AWS region, e.g. eu-west-1."
  type        = string
  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region must be a region of AWS, e.g. eu-west-1."
  }
}

variable "protected" {
  description = "Whether lake, images and warehouse are protected from `terraform destroy`. Without it, they are deleted with all data."
  type        = bool
  default     = true
}

# Network

variable "egress" {
  description = "How containers reach the internet: nat (private subnets and a NAT gateway), or public_ip (public subnets, no inbound rule)."
  type        = string
  default     = "nat"
}

variable "cidr" {
  description = "The address range of the VPC, e.g. 10.20.0.0/16."
  type        = string
  default     = "10.20.0.0/16"
}

variable "existing_network" {
  description = "An existing VPC with a subnet for tasks and two private subnets; null makes one, by `egress` and `cidr`."
  type = object({
    vpc_id             = string
    task_subnet_ids    = list(string)
    private_subnet_ids = list(string)
    assign_public_ip   = bool
  })
  default = null
}

# Containers

variable "architecture" {
  description = "What the images were built for: ARM64, which costs a fifth less, or X86_64."
  type        = string
  default     = "ARM64"
}

variable "capacity_providers" {
  description = "Where tasks run: each provider's share of the tasks (`weight`) and how many it gets before the shares count (`base`)."
  type = list(object({
    provider = string
    weight   = number
    base     = optional(number, 0)
  }))
  # Spot is interrupted now and then; a retry has one chance in four to run on demand.
  default = [
    { provider = "FARGATE_SPOT", weight = 3, base = 0 },
    { provider = "FARGATE", weight = 1, base = 0 },
  ]
}

variable "kept_images" {
  description = "How many images of each kind the registry keeps."
  type        = number
  default     = 20
}

variable "noncurrent_days" {
  description = "Days after which a deleted or replaced object of the lake is gone for good."
  type        = number
  default     = 7
}

# Warehouse

variable "warehouse" {
  description = "rds (a Postgres of this deployment), or existing (Supabase or any other; its address is put in by put-secrets)."
  type        = string
  default     = "rds"
}

variable "warehouse_ports" {
  description = "The ports of an existing warehouse that containers may connect to; 6543 is that of Supabase's pooler."
  type        = list(number)
  default     = [5432, 6543]
}

variable "warehouse_ca" {
  description = "The CA of an existing warehouse's certificate as PEM text, if it is not a public one or Amazon's; Supabase has its own."
  type        = string
  default     = null
  validation {
    condition     = var.warehouse_ca == null || can(regex("-----BEGIN CERTIFICATE-----", var.warehouse_ca))
    error_message = "warehouse_ca must be the text of a PEM file; give file(\"prod-ca-2021.crt\"), or set TF_VAR_warehouse_ca to its content."
  }
}

variable "rds" {
  description = "The size of the Postgres with `warehouse = \"rds\"`."
  type = object({
    instance_class   = optional(string, "db.t4g.micro")
    storage_gb       = optional(number, 20)
    storage_limit_gb = optional(number, 100)
    multi_az         = optional(bool, false)
    backup_days      = optional(number, 7)
  })
  default = {}
}

# Orchestrator

variable "orchestrator" {
  description = "What starts the daily run: mwaa (Airflow), scheduler (EventBridge and Step Functions), or none."
  type        = string
  default     = "scheduler"
}

variable "mwaa" {
  description = "Airflow's size, and who reaches its web server, with `orchestrator = \"mwaa\"`."
  type = object({
    environment_class = optional(string, "mw1.small")
    webserver_access  = optional(string, "PUBLIC_ONLY")
    workers           = optional(object({ min = number, max = number }), { min = 1, max = 2 })
  })
  default = {}
}

variable "schedule" {
  description = "When the daily run starts with `orchestrator = \"scheduler\"`, in UTC and EventBridge's syntax. Strava's day begins at midnight UTC."
  type        = string
  default     = "cron(5 0 * * ? *)"
}

# Who hears of it

variable "alarm_email" {
  description = "Where alarms and the budget's warnings are sent; null sends none."
  type        = string
  default     = null
}

variable "monthly_budget_usd" {
  description = "What the AWS account may cost a month, in US dollars: a warning is sent at 80 % and once the forecast exceeds it. Null: none."
  type        = number
  default     = null
}

variable "quiet_hours" {
  description = "Hours without a green run after which an alarm is sent."
  type        = number
  default     = 36
}

variable "log_retention_days" {
  description = "Days for which the containers' logs are kept."
  type        = number
  default     = 90
}
