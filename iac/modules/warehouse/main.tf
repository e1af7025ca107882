# The instance. It is reached from the tasks' security group alone (access.tf).

locals {
  rds       = var.kind == "rds"
  instances = local.rds ? 1 : 0
  major     = "17"
  database  = "paceline"
  user      = "paceline"
  port      = 5432
}

resource "aws_db_instance" "warehouse" {
  #checkov:skip=CKV_AWS_157:A standby doubles the price; the variable multi_az adds it, and the lake can fill a new warehouse.
  #checkov:skip=CKV_AWS_118:CloudWatch's metrics of the instance, by the minute, are enough for a batch of minutes a day.
  #checkov:skip=CKV_AWS_129:RDS keeps the log for three days and shows it; a second copy would have to be paid and protected.
  #checkov:skip=CKV_AWS_161:load and dbt sign in with a password that RDS rotates.
  #checkov:skip=CKV_AWS_293:The variable deletion_protection is true, and a deployment that is to be thrown away sets it to false.
  #checkov:skip=CKV_AWS_354:AWS's key protects what Performance Insights keeps; one of our own costs money and adds nothing.
  #checkov:skip=CKV2_AWS_30:A log of statements would hold the password of each CREATE ROLE; slow statements are logged.
  count = local.instances

  identifier     = var.name
  instance_class = var.instance_class
  multi_az       = var.multi_az

  engine                     = "postgres"
  engine_version             = local.major
  auto_minor_version_upgrade = true
  parameter_group_name       = aws_db_parameter_group.warehouse[0].name

  db_name                     = local.database
  username                    = local.user
  manage_master_user_password = true

  storage_type          = "gp3"
  storage_encrypted     = true
  allocated_storage     = var.storage_gb
  max_allocated_storage = var.storage_limit_gb

  db_subnet_group_name   = aws_db_subnet_group.warehouse[0].name
  vpc_security_group_ids = [aws_security_group.warehouse[0].id]
  publicly_accessible    = false

  performance_insights_enabled          = true
  performance_insights_retention_period = 7 # days; more would cost

  # The daily run begins at 00:05 UTC, and a retried one may take until the afternoon.
  backup_window      = "20:00-21:00"
  maintenance_window = "sun:21:30-sun:22:30"

  backup_retention_period = var.backup_days
  copy_tags_to_snapshot   = true
  # A last snapshot is for an instance that is protected here, and was released and deleted by hand.
  deletion_protection       = var.deletion_protection
  skip_final_snapshot       = !var.deletion_protection
  final_snapshot_identifier = "${var.name}-final"
}

resource "aws_db_subnet_group" "warehouse" {
  count = local.instances

  name        = var.name
  description = "Where the warehouse of ${var.name} may be"
  subnet_ids  = var.private_subnet_ids
}
