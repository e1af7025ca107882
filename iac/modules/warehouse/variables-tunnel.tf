variable "log_group" {
  description = "The log group of the deployment's tasks."
  type        = string
}

variable "architecture" {
  description = "The processors of the tunnel's task."
  type        = string
  validation {
    condition     = contains(["ARM64", "X86_64"], var.architecture)
    error_message = "architecture must be ARM64 or X86_64."
  }
}
