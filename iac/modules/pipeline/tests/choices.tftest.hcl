# Every way to choose is applied, MWAA, the budget and the state machine among them, which a simulated AWS cannot make.

mock_provider "aws" {
  source = "./tests/aws"
}

variables {
  name        = "paceline-qa"
  region      = "eu-west-1"
  alarm_email = "ops@example.com"
}

run "household" {
  command = apply

  variables {
    egress       = "public_ip"
    warehouse    = "existing"
    warehouse_ca = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
    orchestrator = "scheduler"
  }

  assert {
    condition     = output.deployment.assign_public_ip && length(output.deployment.subnets) == 2
    error_message = "without a NAT gateway containers need a public address"
  }
  assert {
    condition     = output.warehouse_url == null && output.tunnel == null && output.state_machine_arn != null && output.dags_bucket == null
    error_message = "there is a chain, but neither a database nor Airflow"
  }
  assert {
    condition = [
      for variable in jsondecode(output.task_definitions["load"]).containerDefinitions[0].environment :
      variable.value if variable.name == "PACELINE_WAREHOUSE_CA"
    ] == [var.warehouse_ca]
    error_message = "load trusts the CA of the warehouse"
  }
}

run "company" {
  command = apply

  variables {
    egress             = "nat"
    warehouse          = "rds"
    orchestrator       = "mwaa"
    monthly_budget_usd = 600
  }

  assert {
    condition     = !output.deployment.assign_public_ip && output.dags_bucket != null && output.state_machine_arn == null
    error_message = "Airflow starts tasks in private subnets"
  }
  assert {
    condition     = output.warehouse_url == "postgresql://paceline@paceline.example.eu-west-1.rds.amazonaws.com:5432/paceline"
    error_message = "the URL names RDS, its user and its database, and no password"
  }
  assert {
    condition = [
      for secret in jsondecode(output.task_definitions["load"]).containerDefinitions[0].secrets :
      secret.valueFrom if secret.name == "PACELINE_WAREHOUSE_PASSWORD"
    ] == ["arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!db-1:password::"]
    error_message = "the password is the one that RDS manages"
  }
}

run "own_airflow_in_an_existing_network" {
  command = apply

  variables {
    warehouse    = "existing"
    orchestrator = "none"
    existing_network = {
      vpc_id             = "vpc-0123"
      task_subnet_ids    = ["subnet-task"]
      private_subnet_ids = ["subnet-a", "subnet-b"]
      assign_public_ip   = false
    }
  }

  assert {
    condition     = output.deployment.subnets == tolist(["subnet-task"]) && output.dags_bucket == null && output.state_machine_arn == null
    error_message = "tasks run in the given subnet, and nothing starts them"
  }
}

run "a_name_with_a_capital" {
  command = plan
  variables { name = "Paceline" }
  expect_failures = [var.name]
}

run "a_name_that_ends_with_a_hyphen" {
  command = plan
  variables { name = "paceline-" }
  expect_failures = [var.name]
}

run "a_name_with_two_hyphens" {
  command = plan
  variables { name = "a--b" }
  expect_failures = [var.name]
}

run "a_name_that_is_too_short" {
  command = plan
  variables { name = "qa" }
  expect_failures = [var.name]
}

run "a_name_that_is_too_long" {
  command = plan
  variables { name = "paceline-quality-assuranc" }
  expect_failures = [var.name]
}

run "a_region_that_is_not_one" {
  command = plan
  variables { region = "Ireland" }
  expect_failures = [var.region]
}

run "a_region_of_china" {
  command = plan
  variables { region = "cn-north-1" }
  expect_failures = [var.region]
}

run "a_region_of_a_government" {
  command = plan
  variables { region = "us-gov-west-1" }
  expect_failures = [var.region]
}

run "an_isolated_region" {
  command = plan
  variables { region = "us-isob-east-1" }
  expect_failures = [var.region]
}

run "a_path_in_place_of_a_certificate" {
  command = plan
  variables {
    warehouse    = "existing"
    warehouse_ca = "prod-ca-2021.crt"
  }
  expect_failures = [var.warehouse_ca]
}

run "a_certificate_for_rds" {
  command = plan
  variables {
    warehouse    = "rds"
    warehouse_ca = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
  }
  expect_failures = [var.warehouse_ca]
}

run "a_retention_that_cloudwatch_lacks" {
  command = plan
  variables { log_retention_days = 100 }
  expect_failures = [var.log_retention_days]
}
