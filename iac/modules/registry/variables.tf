variable "name" {
  description = "The deployment's name, e.g. paceline-qa; the name of every resource begins with it."
  type        = string
}

variable "account_id" {
  description = "The AWS account, which is part of the repositories' ARNs."
  type        = string
}

variable "region" {
  description = "The region, e.g. eu-west-1; it is part of the repositories' addresses and ARNs."
  type        = string
}

variable "images" {
  description = "The images that have a repository each, named <name>/<image>."
  type        = set(string)

  validation {
    condition     = length(var.images) > 0 && alltrue([for image in var.images : can(regex("^[a-z][a-z0-9-]*$", image))])
    error_message = "images must name at least one image, each in lower-case letters, digits and hyphens, like extract."
  }
}

variable "kept_images" {
  description = "How many of the newest images each repository keeps. The one that is deployed must be among them."
  type        = number

  validation {
    condition     = var.kept_images >= 5 && var.kept_images <= 1000 && floor(var.kept_images) == var.kept_images
    error_message = "kept_images must be a whole number from 5 to 1000: fewer could drop the image that is deployed."
  }
}

variable "deletable" {
  description = "Whether destroying the deployment also deletes the repositories with the images in them; otherwise that fails."
  type        = bool
}
