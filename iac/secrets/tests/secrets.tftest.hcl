mock_provider "aws" {}

variables {
  environment = "qa"
  region      = "eu-west-1"
  warehouse   = "existing"
}

run "qa" {
  assert {
    condition     = alltrue([for name in output.parameters : startswith(name, "/paceline-qa/")])
    error_message = "An environment's parameters are below its own name."
  }
}

run "an_environment_that_is_refused" {
  command = plan
  variables {
    environment = "QA 1"
  }
  expect_failures = [var.environment]
}

run "a_region_that_is_refused" {
  command = plan
  variables {
    region = "Ireland"
  }
  expect_failures = [var.region]
}

run "a_region_of_another_partition" {
  command = plan
  variables {
    region = "us-gov-west-1"
  }
  expect_failures = [var.region]
}

run "an_environment_that_ends_with_a_hyphen" {
  command = plan
  variables {
    environment = "qa-"
  }
  expect_failures = [var.environment]
}

run "an_unknown_warehouse" {
  command = plan
  variables {
    warehouse = "supabase"
  }
  expect_failures = [var.warehouse]
}
