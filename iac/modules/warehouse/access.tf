# Who may connect: the tasks, and nobody else. A laptop comes through one of them (tunnel.tf).

resource "aws_security_group" "warehouse" {
  count = local.instances

  name        = "${var.name}-warehouse"
  description = "The warehouse of ${var.name}: connections from its tasks only"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "from_tasks" {
  count = local.instances

  description                  = "Postgres from the tasks"
  security_group_id            = aws_security_group.warehouse[0].id
  referenced_security_group_id = var.task_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port
}

resource "aws_vpc_security_group_egress_rule" "tasks_to_warehouse" {
  count = local.instances

  description                  = "Postgres to the warehouse"
  security_group_id            = var.task_security_group_id
  referenced_security_group_id = aws_security_group.warehouse[0].id
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port
}
