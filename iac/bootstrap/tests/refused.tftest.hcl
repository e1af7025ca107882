mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
}

variables {
  region = "eu-west-1"
}

run "a_region_that_is_none" {
  command = plan
  variables {
    region = "Frankfurt"
  }
  expect_failures = [var.region]
}

run "a_region_of_another_partition" {
  command = plan
  variables {
    region = "cn-north-1"
  }
  expect_failures = [var.region]
}

run "a_repository_by_its_address" {
  command = plan
  variables {
    github_repository = "https://github.com/octocat/paceline"
  }
  expect_failures = [var.github_repository]
}

run "a_repository_with_a_wildcard" {
  command = plan
  variables {
    github_repository = "octocat/*"
  }
  expect_failures = [var.github_repository]
}

run "a_repository_without_owner" {
  command = plan
  variables {
    github_repository = "paceline"
  }
  expect_failures = [var.github_repository]
}

run "an_owner_id_that_is_a_name" {
  command = plan
  variables {
    github_repository    = "octocat/paceline"
    github_owner_id      = "octocat"
    github_repository_id = "1296269"
  }
  expect_failures = [var.github_owner_id]
}

run "a_repository_id_with_a_wildcard" {
  command = plan
  variables {
    github_repository    = "octocat/paceline"
    github_owner_id      = "583231"
    github_repository_id = "*"
  }
  expect_failures = [var.github_repository_id]
}

run "one_id_of_two" {
  command = plan
  variables {
    github_repository = "octocat/paceline"
    github_owner_id   = "583231"
  }
  expect_failures = [var.github_owner_id]
}

run "ids_without_a_repository" {
  command = plan
  variables {
    github_owner_id      = "583231"
    github_repository_id = "1296269"
  }
  expect_failures = [var.github_repository_id]
}
