mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = { names = ["eu-west-1a", "eu-west-1b"] }
  }
}

variables {
  name   = "paceline-qa"
  region = "eu-west-1"
  cidr   = "10.60.0.0/16"
}

run "an_unknown_egress" {
  command = plan
  variables {
    egress = "proxy"
  }
  expect_failures = [var.egress]
}

run "a_cidr_that_is_too_large" {
  command = plan
  variables {
    cidr = "10.0.0.0/8"
  }
  expect_failures = [var.cidr]
}

run "a_cidr_that_begins_in_the_middle" {
  command = plan
  variables {
    cidr = "10.60.1.0/16"
  }
  expect_failures = [var.cidr]
}

run "a_cidr_that_is_none" {
  command = plan
  variables {
    cidr = "10.60.0.0"
  }
  expect_failures = [var.cidr]
}

run "a_vpc_by_its_name" {
  command = plan
  variables {
    existing = { vpc_id = "main", task_subnet_ids = ["subnet-0a"], private_subnet_ids = [], assign_public_ip = false }
  }
  expect_failures = [var.existing]
}

run "a_subnet_by_its_name" {
  command = plan
  variables {
    existing = { vpc_id = "vpc-0a", task_subnet_ids = ["public"], private_subnet_ids = [], assign_public_ip = false }
  }
  expect_failures = [var.existing]
}

run "no_subnet_for_tasks" {
  command = plan
  variables {
    existing = { vpc_id = "vpc-0a", task_subnet_ids = [], private_subnet_ids = [], assign_public_ip = false }
  }
  expect_failures = [var.existing]
}

run "one_private_subnet" {
  command = plan
  variables {
    existing = {
      vpc_id             = "vpc-0a"
      task_subnet_ids    = ["subnet-0a"]
      private_subnet_ids = ["subnet-0b"]
      assign_public_ip   = false
    }
  }
  expect_failures = [var.existing]
}

run "a_port_that_is_too_large" {
  command = plan
  variables {
    warehouse_ports = [70000]
  }
  expect_failures = [var.warehouse_ports]
}

run "a_port_twice" {
  command = plan
  variables {
    warehouse_ports = [5432, 5432]
  }
  expect_failures = [var.warehouse_ports]
}

run "too_few_zones" {
  command = plan
  override_data {
    target = data.aws_availability_zones.available[0]
    values = { names = ["eu-west-1a"] }
  }
  expect_failures = [data.aws_availability_zones.available]
}
