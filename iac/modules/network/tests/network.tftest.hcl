mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = { names = ["eu-west-1a", "eu-west-1b", "eu-west-1c"] }
  }
}

variables {
  name   = "paceline-qa"
  region = "eu-west-1"
  cidr   = "10.60.0.0/16"
}

run "nat" {
  assert {
    condition     = length(aws_nat_gateway.this) == 1 && aws_route.private_to_nat[0].destination_cidr_block == "0.0.0.0/0"
    error_message = "There must be one NAT gateway, and the private subnets' route to it."
  }
  assert {
    condition     = output.task_subnet_ids == output.private_subnet_ids && !output.assign_public_ip
    error_message = "Behind NAT, tasks must run in the private subnets without a public address."
  }
  assert {
    condition     = join(" ", aws_subnet.public[*].cidr_block) == "10.60.0.0/19 10.60.32.0/19"
    error_message = "The public subnets must be the first two eighths."
  }
  assert {
    condition     = join(" ", aws_subnet.private[*].cidr_block) == "10.60.64.0/19 10.60.96.0/19"
    error_message = "The private subnets must be the next two eighths."
  }
  assert {
    condition     = length(distinct(aws_subnet.private[*].availability_zone)) == 2
    error_message = "The private subnets must be in two zones."
  }
  assert {
    condition = (
      aws_vpc_endpoint.s3[0].service_name == "com.amazonaws.eu-west-1.s3"
      && aws_vpc_endpoint.s3[0].route_table_ids == toset([aws_route_table.public[0].id, aws_route_table.private[0].id])
    )
    error_message = "S3's gateway endpoint must serve both route tables."
  }
  assert {
    condition = (
      aws_vpc_security_group_egress_rule.https.from_port == 443 && aws_vpc_security_group_egress_rule.https.to_port == 443
      && length(aws_vpc_security_group_egress_rule.warehouse) == 0
    )
    error_message = "Only 443 may be open outbound."
  }
}

run "public_ip" {
  variables {
    egress          = "public_ip"
    warehouse_ports = [5432, 6543]
  }
  assert {
    condition     = length(aws_nat_gateway.this) + length(aws_eip.nat) + length(aws_route.private_to_nat) == 0
    error_message = "There must be no NAT gateway."
  }
  assert {
    condition     = output.task_subnet_ids == aws_subnet.public[*].id && output.assign_public_ip
    error_message = "Without NAT, tasks must run in the public subnets with a public address."
  }
  assert {
    condition     = alltrue([for subnet in aws_subnet.public : subnet.map_public_ip_on_launch != true])
    error_message = "Only tasks may get a public address, by their own setting."
  }
  assert {
    condition     = sort(keys(aws_vpc_security_group_egress_rule.warehouse)) == tolist(["5432", "6543"])
    error_message = "Each port of the warehouse must be open outbound."
  }
}

run "existing" {
  variables {
    existing = {
      vpc_id             = "vpc-0123456789abcdef0"
      task_subnet_ids    = ["subnet-0123456789abcdef0"]
      private_subnet_ids = []
      assign_public_ip   = true
    }
  }
  assert {
    condition = (
      length(aws_vpc.this) + length(aws_subnet.public) + length(aws_subnet.private) + length(aws_vpc_endpoint.s3) == 0
    )
    error_message = "No network may be made beside an existing one."
  }
  assert {
    condition     = aws_security_group.tasks.vpc_id == "vpc-0123456789abcdef0" && output.vpc_id == "vpc-0123456789abcdef0"
    error_message = "The tasks' security group must be in the existing VPC."
  }
  assert {
    condition     = output.assign_public_ip && output.task_subnet_ids == tolist(["subnet-0123456789abcdef0"])
    error_message = "Tasks must run where the existing VPC's settings say."
  }
}
