variable "region" {
  description = "The region of the state and of all environments, e.g. eu-west-1. GitHub's roles may do nothing in any other."
  type        = string

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region must be the code of an AWS region, like eu-west-1."
  }

  validation {
    condition     = !can(regex("^(cn|us-gov|us-iso[a-z]*|eu-iso[a-z]*)-", var.region))
    error_message = "region must not be one of China or of a government's cloud: ARNs here are of the partition aws."
  }
}

variable "github_repository" {
  description = "The GitHub repository whose workflows plan and deploy: owner/name, as GitHub writes it; null: no roles."
  type        = string
  default     = null

  validation {
    condition = var.github_repository == null ? true : can(
      regex("^[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}$", var.github_repository)
    )
    error_message = "github_repository must be owner/name, like octocat/paceline, without https:// and .git."
  }
}

variable "github_owner_id" {
  description = "The number of the repository's owner, from `gh api repos/OWNER/NAME --jq .owner.id`; null accepts any."
  type        = string
  default     = null

  validation {
    condition     = var.github_owner_id == null ? true : can(regex("^[1-9][0-9]*$", var.github_owner_id))
    error_message = "github_owner_id must be a number; `gh api repos/OWNER/NAME --jq .owner.id` prints it."
  }

  validation {
    condition     = (var.github_owner_id == null) == (var.github_repository_id == null)
    error_message = "Give both github_owner_id and github_repository_id, or neither."
  }
}

variable "github_repository_id" {
  description = "The number of the repository, from `gh api repos/OWNER/NAME --jq .id`; null accepts any."
  type        = string
  default     = null

  validation {
    condition     = var.github_repository_id == null ? true : can(regex("^[1-9][0-9]*$", var.github_repository_id))
    error_message = "github_repository_id must be a number; `gh api repos/OWNER/NAME --jq .id` prints it."
  }

  validation {
    condition     = var.github_repository_id == null || var.github_repository != null
    error_message = "github_repository_id is given without github_repository: give that too, as owner/name."
  }
}
