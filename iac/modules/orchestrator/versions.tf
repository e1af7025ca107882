terraform {
  required_version = ">= 1.11"

  required_providers {
    # tflint-ignore: terraform_unused_required_providers # for the modules inside; tests replace the provider here
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}
