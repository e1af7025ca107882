variable "name" {
  description = "The deployment's name, e.g. paceline-qa; the name of every resource begins with it."
  type        = string
}

variable "account_id" {
  description = "The AWS account, which makes the bucket's name unique."
  type        = string
}

variable "region" {
  description = "The region, e.g. eu-west-1; it is part of the bucket's name."
  type        = string

  validation {
    # A bucket's name has at most 63 characters.
    condition     = length("${var.name}-lake-${var.account_id}-${var.region}") <= 63
    error_message = "name and region are too long together for a bucket's name, which has at most 63 characters: shorten name."
  }
}

variable "noncurrent_days" {
  description = "Days for which an object that was replaced or deleted can be restored. A purge deletes versions at once."
  type        = number
  default     = 7

  validation {
    condition     = var.noncurrent_days >= 1 && var.noncurrent_days <= 365 && floor(var.noncurrent_days) == var.noncurrent_days
    error_message = "noncurrent_days must be a whole number from 1 to 365."
  }
}

variable "deletable" {
  description = "Whether destroying the deployment also deletes the lake with every record in it; otherwise that fails."
  type        = bool
  default     = false
}
