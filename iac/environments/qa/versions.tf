terraform {
  required_version = ">= 1.11"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }

  # The bucket, which encrypts all that is in it, and its region are given by iac/scripts/init.
  backend "s3" {
    key          = "environments/qa/terraform.tfstate"
    use_lockfile = true
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = { project = "paceline", environment = "qa" }
  }
}
