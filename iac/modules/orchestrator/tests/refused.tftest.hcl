mock_provider "aws" {
  source = "../pipeline/tests/aws"
}

variables {
  kind = "none"
}

run "unknown_kind" {
  command = plan
  variables {
    kind = "airflow"
  }
  expect_failures = [var.kind]
}

run "families_without_load" {
  command = plan
  variables {
    families = { extract-strava = "a", transformation = "b" }
  }
  expect_failures = [var.families]
}

run "unknown_egress" {
  command = plan
  variables {
    egress = "internet"
  }
  expect_failures = [var.egress]
}

run "a_deployment_that_is_not_json" {
  command = plan
  variables {
    deployment = "lake: s3://x"
  }
  expect_failures = [var.deployment]
}

run "a_deployment_without_a_lake" {
  command = plan
  variables {
    deployment = "{}"
  }
  expect_failures = [var.deployment]
}
