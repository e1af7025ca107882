mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/mocked" }
  }
  mock_resource "aws_ecs_task_definition" {
    defaults = { arn_without_revision = "arn:aws:ecs:eu-west-1:123456789012:task-definition/mocked" }
  }
  mock_data "aws_ecs_container_definition" {
    defaults = { image = "registry.example/paceline-qa/running:7" }
  }
}

variables {
  name            = "paceline-qa"
  account_id      = "123456789012"
  region          = "eu-central-1"
  log_group       = "/paceline-qa"
  log_group_arn   = "arn:aws:logs:eu-central-1:123456789012:log-group:/paceline-qa"
  lake_bucket_arn = "arn:aws:s3:::paceline-qa-lake"
  architecture    = "ARM64"
  environment     = {}
  warehouse       = "existing"
  repository_urls = {
    extract        = "registry.example/paceline-qa/extract"
    load           = "registry.example/paceline-qa/load"
    transformation = "registry.example/paceline-qa/transformation"
  }
  repository_arns = {
    extract        = "arn:aws:ecr:eu-central-1:123456789012:repository/paceline-qa/extract"
    load           = "arn:aws:ecr:eu-central-1:123456789012:repository/paceline-qa/load"
    transformation = "arn:aws:ecr:eu-central-1:123456789012:repository/paceline-qa/transformation"
  }
}

run "with_an_existing_warehouse" {
  assert {
    condition     = output.families == { for name in ["extract-strava", "load", "transformation"] : name => "paceline-qa-${name}" }
    error_message = "Families begin with the deployment's name."
  }
  assert {
    condition     = alltrue([for task in aws_ecs_task_definition.this : task.runtime_platform[0].cpu_architecture == "ARM64"])
    error_message = "The architecture is as told."
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.first["load"].container_definitions)[0].image == "${var.repository_urls.load}:not-delivered-yet"
    error_message = "A first revision names an image whose tag says that there is none."
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.this["load"].container_definitions)[0].image == "registry.example/paceline-qa/running:7"
    error_message = "A revision keeps the image that runs now."
  }
  assert {
    condition     = length(aws_iam_role_policy.warehouse_password) == 0
    error_message = "Without RDS, nothing reads Secrets Manager."
  }
  assert {
    condition     = aws_ecs_cluster_capacity_providers.this.capacity_providers == toset(["FARGATE", "FARGATE_SPOT"])
    error_message = "Both kinds of capacity are there to choose from."
  }
}

run "no_line_of_a_log_is_lost" {
  assert {
    condition = alltrue([for task in output.task_definitions :
      jsondecode(task).containerDefinitions[0].logConfiguration.options.mode == "blocking"
    ])
    error_message = "The last line is the report. ECS's default, non-blocking, drops lines when its buffer is full."
  }
}

run "what_ecs_would_add_is_given" {
  assert {
    condition = alltrue(flatten([for task in output.task_definitions : [
      for mount in jsondecode(task).containerDefinitions[0].mountPoints : mount.readOnly == false
    ]]))
    error_message = "ECS returns readOnly with each mount: without it, each plan would show a change."
  }
}

run "x86" {
  variables {
    architecture = "X86_64"
  }
  assert {
    condition     = alltrue([for task in output.task_definitions : jsondecode(task).runtimePlatform.cpuArchitecture == "X86_64"])
    error_message = "The architecture is that of the images."
  }
}

run "rds" {
  variables {
    warehouse            = "rds"
    warehouse_secret_arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:rds!db-1"
  }
  assert {
    condition     = keys(aws_iam_role_policy.warehouse_password) == ["load", "transformation"]
    error_message = "Only load and transformation read the warehouse's password."
  }
  assert {
    condition = [
      for secret in jsondecode(output.task_definitions["load"]).containerDefinitions[0].secrets : secret.valueFrom
      if secret.name == "PACELINE_WAREHOUSE_PASSWORD"
    ] == ["${var.warehouse_secret_arn}:password::"]
    error_message = "The password is a member of the secret."
  }
}

run "more_variables" {
  variables {
    environment = { load = { PACELINE_WAREHOUSE_UNVERIFIED = "true" } }
  }
  assert {
    condition = (
      jsondecode(output.task_definitions["load"]).containerDefinitions[0].environment ==
      [{ name = "PACELINE_WAREHOUSE_UNVERIFIED", value = "true" }]
    )
    error_message = "An image's variables are those of its task definition and the given ones."
  }
}

run "an_architecture_that_is_refused" {
  command = plan
  variables {
    architecture = "arm"
  }
  expect_failures = [var.architecture]
}

run "a_folder_without_definitions" {
  command = plan
  variables {
    definitions = "./tests"
  }
  expect_failures = [var.definitions]
}

run "a_log_group_arn_of_streams" {
  command = plan
  variables {
    log_group_arn = "arn:aws:logs:eu-central-1:123456789012:log-group:/paceline-qa:*"
  }
  expect_failures = [var.log_group_arn]
}

run "a_secret_in_the_environment" {
  command = plan
  variables {
    environment = { load = { PACELINE_WAREHOUSE_PASSWORD = "hush" } }
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

run "a_secret_without_rds" {
  command = plan
  variables {
    warehouse_secret_arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:rds!db-1"
  }
  expect_failures = [var.warehouse_secret_arn]
}

run "rds_without_its_secret" {
  command = plan
  variables {
    warehouse = "rds"
  }
  expect_failures = [var.warehouse_secret_arn]
}
