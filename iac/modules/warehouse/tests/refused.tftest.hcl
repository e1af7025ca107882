# What is refused before anything is made.

mock_provider "aws" {}

variables {
  name                   = "paceline-qa"
  account_id             = "123456789012"
  region                 = "eu-west-1"
  kind                   = "rds"
  vpc_id                 = "vpc-1"
  private_subnet_ids     = ["subnet-1", "subnet-2"]
  task_security_group_id = "sg-tasks"
  log_group              = "/paceline-qa"
  alarm_topic_arn        = null

  instance_class      = "db.t4g.micro"
  storage_gb          = 20
  storage_limit_gb    = 100
  multi_az            = false
  backup_days         = 7
  deletion_protection = true
  architecture        = "ARM64"
}

run "another_kind" {
  command = plan
  variables {
    kind = "supabase"
  }
  expect_failures = [var.kind]
}

run "one_subnet" {
  command = plan
  variables {
    private_subnet_ids = ["subnet-1", "subnet-1"]
  }
  expect_failures = [var.private_subnet_ids]
}

run "a_class_that_is_not_one_of_rds" {
  command = plan
  variables {
    instance_class = "t4g.micro"
  }
  expect_failures = [var.instance_class]
}

run "too_little_storage" {
  command = plan
  variables {
    storage_gb = 19
  }
  expect_failures = [var.storage_gb]
}

run "no_room_to_grow" {
  command = plan
  variables {
    storage_gb       = 100
    storage_limit_gb = 109
  }
  expect_failures = [var.storage_limit_gb]
}

run "half_a_gigabyte_of_room_to_grow" {
  command = plan
  variables {
    storage_limit_gb = 100.5
  }
  expect_failures = [var.storage_limit_gb]
}

run "no_backup" {
  command = plan
  variables {
    backup_days = 0
  }
  expect_failures = [var.backup_days]
}

run "backups_for_too_long" {
  command = plan
  variables {
    backup_days = 36
  }
  expect_failures = [var.backup_days]
}

run "an_architecture_that_fargate_lacks" {
  command = plan
  variables {
    architecture = "arm"
  }
  expect_failures = [var.architecture]
}
