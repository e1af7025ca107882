variable "name" {
  description = "The deployment's name, e.g. paceline-qa; the name of every resource begins with it."
  type        = string
}

variable "region" {
  description = "The region, e.g. eu-west-1; the name of S3's endpoint contains it."
  type        = string
}

variable "egress" {
  description = "How tasks reach the internet: nat (private subnets, one NAT gateway) or public_ip (public subnets, no NAT)."
  type        = string
  default     = "nat"

  validation {
    condition     = contains(["nat", "public_ip"], var.egress)
    error_message = "egress must be nat or public_ip."
  }
}

variable "cidr" {
  description = "The addresses of the VPC that is made. Four eighths of it become subnets; the rest stays free."
  type        = string

  validation {
    condition = try(
      tonumber(split("/", var.cidr)[1]) >= 16 && tonumber(split("/", var.cidr)[1]) <= 24
      && cidrhost(var.cidr, 0) == split("/", var.cidr)[0],
      false
    )
    error_message = "cidr must be a range of 256 to 65,536 addresses that begins at its first one, like 10.20.0.0/16."
  }
}

variable "existing" {
  description = "A VPC of yours to use instead of making one, which makes egress and cidr meaningless; null makes one."
  type = object({
    vpc_id             = string
    task_subnet_ids    = list(string)
    private_subnet_ids = list(string)
    assign_public_ip   = bool
  })
  default = null

  validation {
    condition     = var.existing == null ? true : can(regex("^vpc-[0-9a-z]+$", var.existing.vpc_id))
    error_message = "existing.vpc_id must be the id of a VPC, like vpc-0123456789abcdef0."
  }

  validation {
    condition = var.existing == null ? true : alltrue([
      for id in concat(var.existing.task_subnet_ids, var.existing.private_subnet_ids) : can(regex("^subnet-[0-9a-z]+$", id))
    ])
    error_message = "task_subnet_ids and private_subnet_ids of existing must be ids of subnets, like subnet-0123456789abcdef0."
  }

  validation {
    condition     = var.existing == null ? true : length(var.existing.task_subnet_ids) > 0
    error_message = "existing.task_subnet_ids must name at least one subnet, from which tasks can reach the internet."
  }

  validation {
    condition     = var.existing == null ? true : length(var.existing.private_subnet_ids) != 1
    error_message = "existing.private_subnet_ids must be subnets in two zones, as RDS and MWAA require, or none."
  }
}

variable "warehouse_ports" {
  description = "Outbound TCP ports to a warehouse elsewhere, e.g. [5432, 6543] for Supabase; RDS adds a rule of its own."
  type        = list(number)
  default     = []

  validation {
    condition     = alltrue([for port in var.warehouse_ports : port >= 1 && port <= 65535 && floor(port) == port])
    error_message = "Each of warehouse_ports must be a TCP port from 1 to 65535."
  }

  validation {
    condition     = length(distinct(var.warehouse_ports)) == length(var.warehouse_ports) && !contains(var.warehouse_ports, 443)
    error_message = "warehouse_ports must name each port once, without 443, which is always open outbound."
  }
}
