mock_provider "aws" {}

variables {
  name       = "paceline-qa"
  account_id = "123456789012"
  region     = "eu-west-1"

  images      = ["extract", "load", "transformation"]
  kept_images = 20
  deletable   = false
}

run "three_repositories" {
  assert {
    condition = join(" ", sort([for repository in aws_ecr_repository.image : repository.name])) == join(" ", [
      "paceline-qa/extract", "paceline-qa/load", "paceline-qa/transformation",
    ])
    error_message = "Each image must have a repository below the deployment's name."
  }
  assert {
    condition     = alltrue([for repository in aws_ecr_repository.image : repository.image_tag_mutability == "IMMUTABLE"])
    error_message = "Tags must be immutable."
  }
  assert {
    condition = alltrue([
      for repository in aws_ecr_repository.image : repository.image_scanning_configuration[0].scan_on_push
    ])
    error_message = "Every push must be scanned."
  }
  assert {
    condition     = output.repository_urls["load"] == "123456789012.dkr.ecr.eu-west-1.amazonaws.com/paceline-qa/load"
    error_message = "A repository's address must be that of its account and region."
  }
  assert {
    condition     = output.repository_arns["load"] == "arn:aws:ecr:eu-west-1:123456789012:repository/paceline-qa/load"
    error_message = "A repository's ARN must be that of its account and region."
  }
  assert {
    condition     = jsondecode(aws_ecr_lifecycle_policy.image["load"].policy).rules[1].selection.countNumber == 20
    error_message = "As many of the newest images as kept_images must stay."
  }
  assert {
    condition     = jsondecode(aws_ecr_lifecycle_policy.image["load"].policy).rules[0].selection.tagStatus == "untagged"
    error_message = "Untagged images must go first."
  }
  assert {
    condition     = alltrue([for repository in aws_ecr_repository.image : !repository.force_delete])
    error_message = "A repository must not be deletable unless that is chosen."
  }
}

run "fewer_images_kept_longer" {
  variables {
    images      = ["extract"]
    kept_images = 100
    deletable   = true
  }
  assert {
    condition     = join(" ", keys(output.repository_urls)) == "extract" && aws_ecr_repository.image["extract"].force_delete
    error_message = "Only the given images may have a repository, deletable if that is chosen."
  }
  assert {
    condition     = jsondecode(aws_ecr_lifecycle_policy.image["extract"].policy).rules[1].selection.countNumber == 100
    error_message = "As many images as kept_images must stay."
  }
}

run "too_few_kept" {
  command = plan
  variables {
    kept_images = 1
  }
  expect_failures = [var.kept_images]
}

run "no_image" {
  command = plan
  variables {
    images = []
  }
  expect_failures = [var.images]
}

run "an_image_with_a_tag" {
  command = plan
  variables {
    images = ["extract:latest"]
  }
  expect_failures = [var.images]
}
