# The instance that `kind = "rds"` makes: who reaches it, what it forces, what protects it.

mock_provider "aws" {
  mock_resource "aws_db_instance" {
    defaults = {
      address = "paceline-qa.abc.eu-west-1.rds.amazonaws.com"
      master_user_secret = [{
        kms_key_id    = "arn:aws:kms:eu-west-1:123456789012:key/1"
        secret_arn    = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!db-1-abcdef"
        secret_status = "active"
      }]
    }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/mock" }
  }
}

variables {
  name                   = "paceline-qa"
  account_id             = "123456789012"
  region                 = "eu-west-1"
  kind                   = "rds"
  vpc_id                 = "vpc-1"
  private_subnet_ids     = ["subnet-1", "subnet-2"]
  task_security_group_id = "sg-tasks"
  log_group              = "/paceline-qa"
  alarm_topic_arn        = "arn:aws:sns:eu-west-1:123456789012:paceline-qa"

  instance_class      = "db.t4g.micro"
  storage_gb          = 20
  storage_limit_gb    = 100
  multi_az            = false
  backup_days         = 7
  deletion_protection = true
  architecture        = "ARM64"
}

run "is_a_private_encrypted_postgres_17" {
  assert {
    condition     = aws_db_instance.warehouse[0].engine_version == "17" && aws_db_instance.warehouse[0].auto_minor_version_upgrade
    error_message = "Postgres 17, of which RDS installs minor versions by itself"
  }
  assert {
    condition     = !aws_db_instance.warehouse[0].publicly_accessible && aws_db_instance.warehouse[0].storage_encrypted
    error_message = "not reachable from outside, encrypted"
  }
  assert {
    condition     = aws_db_instance.warehouse[0].manage_master_user_password && aws_db_instance.warehouse[0].password == null
    error_message = "RDS makes and keeps the password"
  }
  assert {
    condition     = aws_db_instance.warehouse[0].instance_class == "db.t4g.micro" && !aws_db_instance.warehouse[0].multi_az
    error_message = "the smallest class, without a standby"
  }
  assert {
    condition     = aws_db_instance.warehouse[0].allocated_storage == 20 && aws_db_instance.warehouse[0].max_allocated_storage == 100
    error_message = "20 GB, and up to 100 by itself"
  }
}

run "forces_tls_and_allows_change_capture_from_its_first_start" {
  assert {
    condition = toset(["rds.force_ssl", "rds.logical_replication"]) == toset([
      for parameter in aws_db_parameter_group.warehouse[0].parameter : parameter.name
      if parameter.apply_method == "pending-reboot" && parameter.value == "1"
    ])
    error_message = "both are on, and set when the instance starts"
  }
  assert {
    condition     = aws_db_parameter_group.warehouse[0].family == "postgres17"
    error_message = "of the server's major version"
  }
}

run "lets_only_the_tasks_in" {
  assert {
    condition = alltrue([
      aws_vpc_security_group_ingress_rule.from_tasks[0].referenced_security_group_id == "sg-tasks",
      aws_vpc_security_group_ingress_rule.from_tasks[0].from_port == 5432,
      aws_vpc_security_group_ingress_rule.from_tasks[0].to_port == 5432,
    ])
    error_message = "port 5432, from the tasks' security group"
  }
  assert {
    condition = alltrue([
      aws_vpc_security_group_egress_rule.tasks_to_warehouse[0].security_group_id == "sg-tasks",
      aws_vpc_security_group_egress_rule.tasks_to_warehouse[0].referenced_security_group_id == aws_security_group.warehouse[0].id,
    ])
    error_message = "the tasks may go there"
  }
}

run "is_protected_unless_told_otherwise" {
  assert {
    condition = alltrue([
      aws_db_instance.warehouse[0].deletion_protection,
      !aws_db_instance.warehouse[0].skip_final_snapshot,
      aws_db_instance.warehouse[0].final_snapshot_identifier == "paceline-qa-final",
      aws_db_instance.warehouse[0].backup_retention_period == 7,
    ])
    error_message = "seven days of backups, a final snapshot, no deletion"
  }
}

run "can_be_thrown_away" {
  variables {
    deletion_protection = false
    backup_days         = 1
    multi_az            = true
  }
  assert {
    condition     = !aws_db_instance.warehouse[0].deletion_protection && aws_db_instance.warehouse[0].skip_final_snapshot
    error_message = "neither protection nor snapshot"
  }
  assert {
    condition     = aws_db_instance.warehouse[0].multi_az && aws_db_instance.warehouse[0].backup_retention_period == 1
    error_message = "the variables count"
  }
}

run "says_where_it_is_and_where_its_password_is" {
  assert {
    condition     = output.url == "postgresql://paceline@paceline-qa.abc.eu-west-1.rds.amazonaws.com:5432/paceline"
    error_message = "the URL has no password"
  }
  assert {
    condition     = output.host == "paceline-qa.abc.eu-west-1.rds.amazonaws.com" && output.port == 5432
    error_message = "the instance's own address"
  }
  assert {
    condition     = output.secret_arn == "arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!db-1-abcdef"
    error_message = "the secret that the execution roles may read"
  }
}

run "tells_the_topic_of_a_full_disk_and_a_busy_processor" {
  assert {
    condition = alltrue([
      for alarm in [aws_cloudwatch_metric_alarm.storage[0], aws_cloudwatch_metric_alarm.cpu[0]] :
      alarm.alarm_actions == toset([var.alarm_topic_arn]) && alarm.dimensions["DBInstanceIdentifier"] == "paceline-qa"
    ])
    error_message = "both alarms"
  }
}

run "has_alarms_that_tell_nobody" {
  variables {
    alarm_topic_arn = null
  }
  assert {
    condition     = length(aws_cloudwatch_metric_alarm.storage[0].alarm_actions) == 0
    error_message = "no topic, no action"
  }
}
