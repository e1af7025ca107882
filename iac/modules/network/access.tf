# Who may connect to what. Nothing may connect to a task: it has no inbound rule.

resource "aws_default_security_group" "closed" {
  count = local.made ? 1 : 0

  vpc_id = aws_vpc.this[0].id
  tags   = { Name = "${var.name}-default-closed" }
}

resource "aws_security_group" "tasks" {
  #checkov:skip=CKV2_AWS_5:Whoever starts a task attaches it; the orchestrator gets its id from this module's output.
  name        = "${var.name}-tasks"
  description = "Tasks of ${var.name}: nothing inbound, outbound by port"
  vpc_id      = local.made ? aws_vpc.this[0].id : var.existing.vpc_id
  tags        = { Name = "${var.name}-tasks" }
}

# The source's API, S3, ECR, SSM and CloudWatch. DNS needs no rule: security groups do not filter the VPC's resolver.
resource "aws_vpc_security_group_egress_rule" "https" {
  security_group_id = aws_security_group.tasks.id
  description       = "HTTPS"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_egress_rule" "warehouse" {
  for_each = toset([for port in var.warehouse_ports : tostring(port)])

  security_group_id = aws_security_group.tasks.id
  description       = "The warehouse, which has no fixed address"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = tonumber(each.value)
  to_port           = tonumber(each.value)
}
