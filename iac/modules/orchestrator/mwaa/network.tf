resource "aws_security_group" "airflow" {
  #checkov:skip=CKV2_AWS_5:The MWAA environment has it.
  name        = "${var.name}-airflow"
  description = "Airflow of ${var.name}: its own machines among each other, and AWS over HTTPS."
  vpc_id      = var.vpc_id
}

# MWAA refuses a security group that does not allow itself: its machines, database and web server talk to each other by it.
resource "aws_vpc_security_group_ingress_rule" "itself" {
  security_group_id            = aws_security_group.airflow.id
  description                  = "Machines, database and web server of Airflow"
  referenced_security_group_id = aws_security_group.airflow.id
  ip_protocol                  = "-1"
}

resource "aws_vpc_security_group_egress_rule" "itself" {
  security_group_id            = aws_security_group.airflow.id
  description                  = "Machines, database and web server of Airflow"
  referenced_security_group_id = aws_security_group.airflow.id
  ip_protocol                  = "-1"
}

resource "aws_vpc_security_group_egress_rule" "aws" {
  security_group_id = aws_security_group.airflow.id
  description       = "APIs of AWS, and PyPI for requirements.txt"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_ingress_rule" "tunnel" {
  count = var.webserver_access == "PRIVATE_ONLY" ? 1 : 0

  security_group_id            = aws_security_group.airflow.id
  description                  = "The web UI, through a tunnel that has the security group of the containers"
  referenced_security_group_id = var.task_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}
