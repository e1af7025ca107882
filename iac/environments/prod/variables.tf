variable "region" {
  description = "The AWS region, e.g. eu-west-1."
  type        = string
}

variable "egress" {
  description = "How containers reach the internet: nat or public_ip."
  type        = string
  default     = "nat"
}

variable "architecture" {
  description = "What the images were built for: ARM64 or X86_64."
  type        = string
  default     = "ARM64"
}

variable "warehouse" {
  description = "rds, or existing (Supabase or any other Postgres)."
  type        = string
  default     = "rds"
}

variable "warehouse_ca" {
  description = "The CA of an existing warehouse's certificate as PEM text; null: a public one, or Amazon's."
  type        = string
  default     = null
}

variable "orchestrator" {
  description = "What starts the daily run: mwaa, scheduler or none."
  type        = string
  default     = "mwaa"
}

variable "alarm_email" {
  description = "Where alarms and the budget's warnings are sent; null sends none."
  type        = string
  default     = null
}

variable "monthly_budget_usd" {
  description = "What the AWS account may cost a month, in US dollars; null: no budget."
  type        = number
  default     = null
}
