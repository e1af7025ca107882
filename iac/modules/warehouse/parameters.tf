# What the server itself is told. A static parameter takes effect when the instance starts.

resource "aws_db_parameter_group" "warehouse" {
  count = local.instances

  name_prefix = "${var.name}-"
  description = "TLS for everybody, and change capture for whoever reads the warehouse"
  family      = "postgres${local.major}"

  parameter {
    name         = "rds.force_ssl"
    value        = "1"
    apply_method = "pending-reboot"
  }

  parameter {
    name         = "rds.logical_replication"
    value        = "1"
    apply_method = "pending-reboot"
  }

  parameter {
    name  = "log_min_duration_statement"
    value = "5000" # milliseconds
  }

  # Without it, the log of a slow statement would contain values of rows.
  parameter {
    name  = "log_parameter_max_length"
    value = "0"
  }

  # The group of another major version has to exist before the instance leaves this one.
  lifecycle {
    create_before_destroy = true
  }
}
