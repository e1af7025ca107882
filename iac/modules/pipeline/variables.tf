variable "name" {
  description = "The deployment's name, e.g. paceline-qa. Every name in AWS begins with it, so deployments share nothing."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.name)) && length(var.name) >= 3 && length(var.name) <= 24
    error_message = <<-TEXT
      name must have 3 to 24 lower-case letters, digits and single hyphens, begin with a letter and not end with a hyphen,
      e.g. paceline-qa.
    TEXT
  }
}

variable "region" {
  description = "The AWS region, e.g. eu-west-1."
  type        = string
  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region must be the code of an AWS region, e.g. eu-west-1."
  }
  validation {
    condition     = !can(regex("^(cn|us-gov|us-iso[a-z]*|eu-iso[a-z]*)-", var.region))
    error_message = "region must not be one of China or of a government's cloud: ARNs here are of the partition aws."
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
  description = <<-TEXT
    Where tasks run: each provider's share of the tasks (`weight`), and how many it gets before the shares count (`base`). Shares
    are no fallback: if Spot has no capacity, a task fails to start and is retried; the last try is on FARGATE alone.
  TEXT
  type = list(object({
    provider = string
    weight   = number
    base     = optional(number, 0)
  }))
  default = [
    { provider = "FARGATE_SPOT", weight = 3, base = 0 },
    { provider = "FARGATE", weight = 1, base = 0 },
  ]
  # What orchestration/dags/paceline/capacity.py would refuse in paceline.json; the cluster has these two providers.
  validation {
    condition     = alltrue([for each in var.capacity_providers : contains(["FARGATE", "FARGATE_SPOT"], each.provider)])
    error_message = "capacity_providers must be FARGATE or FARGATE_SPOT: the cluster has no others."
  }
  validation {
    condition     = length(distinct(var.capacity_providers[*].provider)) == length(var.capacity_providers)
    error_message = "capacity_providers must name each provider once."
  }
  validation {
    condition = alltrue([
      for each in var.capacity_providers : each.weight >= 0 && each.weight <= 1000 && floor(each.weight) == each.weight
    ])
    error_message = "Each weight of capacity_providers must be a whole number from 0 to 1000."
  }
  validation {
    condition = alltrue([
      for each in var.capacity_providers : each.base >= 0 && each.base <= 100000 && floor(each.base) == each.base
    ])
    error_message = "Each base of capacity_providers must be a whole number from 0 to 100000."
  }
  validation {
    condition     = anytrue([for each in var.capacity_providers : each.weight > 0])
    error_message = "One of capacity_providers must have a weight above 0, e.g. [{ provider = \"FARGATE\", weight = 1 }]."
  }
  validation {
    condition     = length([for each in var.capacity_providers : each if each.base > 0]) <= 1
    error_message = "Only one of capacity_providers may have a base: ECS takes one in a strategy."
  }
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
  validation {
    condition     = var.warehouse_ca == null || var.warehouse == "existing"
    error_message = "warehouse_ca is for warehouse = \"existing\" alone: the images already have Amazon's CA. Leave it out."
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
  description = "When the daily run starts with `orchestrator = \"scheduler\"`, in UTC and EventBridge's syntax."
  type        = string
  # Five minutes after midnight UTC, when Strava's daily budget begins; the DAG has the same.
  default = "cron(5 0 * * ? *)"
}

# Alarms and logs

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
  description = <<-TEXT
    Hours without a green run after which an alarm is sent. They must be more than lie between the start of one run of `schedule`
    and the end of the next, retries included: 36 is for a daily run, and a run every second day needs about 60.
  TEXT
  type        = number
  default     = 36
}

variable "log_retention_days" {
  description = "Days for which the logs of containers and of Airflow are kept."
  type        = number
  default     = 90
  validation {
    condition = contains([
      1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
    ], var.log_retention_days)
    error_message = "log_retention_days must be one of CloudWatch's, e.g. 7, 14, 30, 60, 90, 180, 365, 731 or 3653."
  }
}
