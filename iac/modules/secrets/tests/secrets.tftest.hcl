mock_provider "aws" {}

variables {
  name      = "paceline-qa"
  warehouse = "existing"
}

run "existing" {
  assert {
    condition = output.parameters == tolist([
      "/paceline-qa/strava/accounts", "/paceline-qa/strava/client-id", "/paceline-qa/strava/client-secret",
      "/paceline-qa/warehouse/password", "/paceline-qa/warehouse/url",
    ])
    error_message = "Each secret of a task definition is a parameter of this deployment."
  }
  assert {
    condition     = alltrue([for parameter in aws_ssm_parameter.this : parameter.type == "SecureString"])
    error_message = "Each parameter is encrypted."
  }
}

run "rds" {
  variables {
    warehouse = "rds"
  }
  assert {
    condition     = !contains(output.parameters, "/paceline-qa/warehouse/password")
    error_message = "RDS keeps the password itself."
  }
}

run "a_folder_without_definitions" {
  command = plan
  variables {
    definitions = "./tests"
  }
  expect_failures = [var.definitions]
}

run "an_unknown_warehouse" {
  command = plan
  variables {
    warehouse = "supabase"
  }
  expect_failures = [var.warehouse]
}
