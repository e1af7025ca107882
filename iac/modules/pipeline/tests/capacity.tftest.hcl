# Each list of capacity providers that the DAGs would refuse in paceline.json is refused when planning.

mock_provider "aws" {
  source = "./tests/aws"
}

variables {
  name   = "paceline-qa"
  region = "eu-west-1"
}

run "none" {
  command = plan
  variables { capacity_providers = [] }
  expect_failures = [var.capacity_providers]
}

run "one_that_the_cluster_lacks" {
  command = plan
  variables { capacity_providers = [{ provider = "mine", weight = 1 }] }
  expect_failures = [var.capacity_providers]
}

run "the_same_twice" {
  command = plan
  variables { capacity_providers = [{ provider = "FARGATE", weight = 1 }, { provider = "FARGATE", weight = 2 }] }
  expect_failures = [var.capacity_providers]
}

run "half_a_weight" {
  command = plan
  variables { capacity_providers = [{ provider = "FARGATE", weight = 0.5 }] }
  expect_failures = [var.capacity_providers]
}

run "too_large_a_weight" {
  command = plan
  variables { capacity_providers = [{ provider = "FARGATE", weight = 1001 }] }
  expect_failures = [var.capacity_providers]
}

run "a_negative_base" {
  command = plan
  variables { capacity_providers = [{ provider = "FARGATE", weight = 1, base = -1 }] }
  expect_failures = [var.capacity_providers]
}

run "no_weight_above_0" {
  command = plan
  variables { capacity_providers = [{ provider = "FARGATE", weight = 0 }, { provider = "FARGATE_SPOT", weight = 0, base = 1 }] }
  expect_failures = [var.capacity_providers]
}

run "two_bases" {
  command = plan
  variables {
    capacity_providers = [{ provider = "FARGATE", weight = 1, base = 1 }, { provider = "FARGATE_SPOT", weight = 1, base = 1 }]
  }
  expect_failures = [var.capacity_providers]
}
