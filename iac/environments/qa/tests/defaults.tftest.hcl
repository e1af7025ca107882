# The environment as it is, with a provider that is made up.

mock_provider "aws" {
  source = "../../modules/pipeline/tests/aws"
}

variables {
  region = "eu-west-1"
}

run "as_it_is" {
  command = apply

  assert {
    condition     = output.deployment.cluster == "paceline-qa" && output.lake == "s3://paceline-qa-lake-123456789012-eu-west-1"
    error_message = "every name begins with the deployment's"
  }
  assert {
    condition     = alltrue([for family in values(output.deployment.families) : startswith(family, "paceline-qa-")])
    error_message = "qa and prod share no task definition"
  }
  assert {
    condition     = output.state_machine_arn != null && output.warehouse_url != null && output.deployment.assign_public_ip
    error_message = "qa has a chain, a database and no NAT gateway"
  }
}
