terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }

  # Bucket and key are given by iac/scripts/init: the state of each environment's secrets is one of its own.
  backend "s3" {
    use_lockfile = true
  }
}
