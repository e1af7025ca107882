variable "instance_class" {
  description = "How large the instance is. db.t4g.micro (1 GB of memory) is enough for one athlete."
  type        = string
  validation {
    condition     = can(regex("^db\\.[a-z0-9]+\\.[a-z0-9]+$", var.instance_class))
    error_message = "instance_class must be a class of RDS, such as db.t4g.micro."
  }
}

variable "storage_gb" {
  description = "The storage to begin with, in GB."
  type        = number
  validation {
    condition     = var.storage_gb >= 20 && var.storage_gb <= 65536 && floor(var.storage_gb) == var.storage_gb
    error_message = "storage_gb must be a whole number from 20 to 65536: less is not offered."
  }
}

variable "storage_limit_gb" {
  description = "How far RDS may enlarge the storage by itself, in GB. It never shrinks."
  type        = number
  validation {
    condition     = floor(var.storage_limit_gb) == var.storage_limit_gb
    error_message = "storage_limit_gb must be a whole number."
  }
  validation {
    condition     = var.storage_limit_gb >= var.storage_gb * 1.1 && var.storage_limit_gb <= 65536
    error_message = "storage_limit_gb must be at least a tenth above storage_gb and at most 65536: RDS refuses a smaller margin."
  }
}

variable "multi_az" {
  description = "Whether a standby in another availability zone takes over when the instance fails. It doubles the price."
  type        = bool
}

variable "backup_days" {
  description = "For how many days the instance can be restored to any moment."
  type        = number
  validation {
    condition     = var.backup_days >= 1 && var.backup_days <= 35 && floor(var.backup_days) == var.backup_days
    error_message = "backup_days must be a whole number from 1 to 35: 0 would be no backup, and RDS keeps none for longer."
  }
}

variable "deletion_protection" {
  description = "Whether RDS refuses to delete the instance. Without it, the instance is deleted with its data and its backups."
  type        = bool
}
