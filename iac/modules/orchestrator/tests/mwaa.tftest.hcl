mock_provider "aws" {
  source = "../pipeline/tests/aws"
}

variables {
  kind = "mwaa"
}

run "airflow" {
  assert {
    condition     = length(module.scheduler) == 0 && output.definition == null
    error_message = "MWAA replaces the scheduler."
  }
  assert {
    condition     = output.dags_bucket == "paceline-qa-dags-123456789012-eu-west-1" && output.environment_name == "paceline-qa"
    error_message = "The bucket and the environment are named after the deployment."
  }
}

run "its_parts" {
  command = plan
  module {
    source = "./mwaa"
  }
  assert {
    condition     = aws_mwaa_environment.airflow.airflow_version == "3.2.1"
    error_message = "The DAGs are tested on Airflow 3.2.1."
  }
  assert {
    condition = (
      join(" ", aws_mwaa_environment.airflow.network_configuration[0].subnet_ids) == "subnet-private-a subnet-private-b"
    )
    error_message = "MWAA takes exactly two subnets."
  }
  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.tunnel) == 0
    error_message = "A public web UI needs no way in."
  }
  assert {
    condition     = aws_s3_object.deployment.key == "dags/paceline.json" && aws_s3_object.deployment.content == var.deployment
    error_message = "paceline.json lies beside the DAGs."
  }
  assert {
    condition = join(" ", keys(aws_cloudwatch_log_group.airflow)) == "DAGProcessing Scheduler Task WebServer Worker" && alltrue(
      [for name, group in aws_cloudwatch_log_group.airflow :
      group.retention_in_days == 30 && group.name == "airflow-paceline-qa-${name}"]
    )
    error_message = "All five log groups have a retention, under the names that MWAA gives them."
  }
  assert {
    condition = alltrue(
      [for kind in ["dag_processing_logs", "scheduler_logs", "task_logs", "webserver_logs", "worker_logs"] :
      aws_mwaa_environment.airflow.logging_configuration[0][kind][0].enabled]
    )
    error_message = "All five logs are on."
  }
  assert {
    condition = alltrue([
      aws_s3_bucket_versioning.dags.versioning_configuration[0].status == "Enabled",
      aws_s3_bucket_public_access_block.dags.block_public_policy,
      strcontains(aws_s3_bucket_policy.dags.policy, "aws:SecureTransport"),
      one(one(aws_s3_bucket_lifecycle_configuration.dags.rule).noncurrent_version_expiration).noncurrent_days == 30,
    ])
    error_message = "The bucket is versioned and private, takes TLS only, and drops old versions."
  }
  assert {
    condition = (
      aws_vpc_security_group_ingress_rule.itself.ip_protocol == "-1" &&
      aws_vpc_security_group_ingress_rule.itself.cidr_ipv4 == null &&
      aws_vpc_security_group_egress_rule.aws.to_port == 443
    )
    error_message = "The security group allows itself, and HTTPS to the outside."
  }
}

run "private_web_ui" {
  command = plan
  module {
    source = "./mwaa"
  }
  variables {
    webserver_access   = "PRIVATE_ONLY"
    environment_class  = "mw1.micro"
    workers            = { min = 1, max = 1 }
    log_retention_days = 7
    passed_role_arns   = []
  }
  assert {
    condition = alltrue([
      aws_mwaa_environment.airflow.webserver_access_mode == "PRIVATE_ONLY",
      one(aws_vpc_security_group_ingress_rule.tunnel).referenced_security_group_id == "sg-tasks",
      one(aws_vpc_security_group_ingress_rule.tunnel).from_port == 443,
    ])
    error_message = "A private web UI is reached through a tunnel with the containers' security group."
  }
}

run "behind_public_ip" {
  command = plan
  variables {
    egress = "public_ip"
  }
  expect_failures = [var.kind]
}

run "behind_public_ip_with_a_public_web_ui" {
  command = plan
  variables {
    egress           = "public_ip"
    webserver_access = "PUBLIC_ONLY"
  }
  expect_failures = [var.kind]
}

run "one_subnet" {
  command = plan
  variables {
    private_subnet_ids = ["subnet-private-a"]
  }
  expect_failures = [var.private_subnet_ids]
}

run "the_same_subnet_twice" {
  command = plan
  variables {
    private_subnet_ids = ["subnet-private-a", "subnet-private-a"]
  }
  expect_failures = [var.private_subnet_ids]
}

run "unknown_access" {
  command = plan
  variables {
    webserver_access = "PUBLIC"
  }
  expect_failures = [var.webserver_access]
}

run "unknown_class" {
  command = plan
  variables {
    environment_class = "small"
  }
  expect_failures = [var.environment_class]
}

run "more_workers_at_least_than_at_most" {
  command = plan
  variables {
    workers = { min = 3, max = 2 }
  }
  expect_failures = [var.workers]
}

run "no_worker" {
  command = plan
  variables {
    workers = { min = 0, max = 2 }
  }
  expect_failures = [var.workers]
}

run "too_many_workers" {
  command = plan
  variables {
    workers = { min = 1, max = 26 }
  }
  expect_failures = [var.workers]
}

run "two_workers_of_micro" {
  command = plan
  variables {
    environment_class = "mw1.micro"
    workers           = { min = 1, max = 2 }
  }
  expect_failures = [var.workers]
}
