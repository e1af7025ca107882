provider "aws" {
  region = var.region

  default_tags {
    tags = {
      project     = "paceline"
      environment = var.environment
    }
  }
}

# Remembers whose state this is, since nothing else keeps the state of one environment from being used for another.
resource "terraform_data" "environment" {
  input = var.environment

  lifecycle {
    ignore_changes = [input]
  }
}

module "secrets" {
  source = "../modules/secrets"

  name      = "paceline-${var.environment}"
  warehouse = var.warehouse
}
