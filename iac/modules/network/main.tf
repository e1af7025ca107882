# The VPC and its subnets, unless an existing VPC is given.

locals {
  made       = var.existing == null
  behind_nat = local.made && var.egress == "nat"
  zones      = local.made ? slice(data.aws_availability_zones.available[0].names, 0, 2) : []
}

data "aws_availability_zones" "available" {
  #checkov:skip=CKV_AWS_394:Zones are named by letters, so a new one comes after the first two, which alone are used.
  count = local.made ? 1 : 0
  state = "available"

  # Local and wavelength zones have neither NAT gateways nor RDS.
  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }

  lifecycle {
    postcondition {
      condition     = length(self.names) >= 2
      error_message = "The region has fewer than two availability zones for this account: choose another region."
    }
  }
}

resource "aws_vpc" "this" {
  #checkov:skip=CKV2_AWS_11:Nothing can connect to a task, and each task's log says what it called; flow logs would only cost.
  count = local.made ? 1 : 0

  cidr_block           = var.cidr
  enable_dns_support   = true
  enable_dns_hostnames = true
  tags                 = { Name = var.name }
}

resource "aws_subnet" "public" {
  count = length(local.zones)

  vpc_id            = aws_vpc.this[0].id
  availability_zone = local.zones[count.index]
  cidr_block        = cidrsubnet(var.cidr, 3, count.index)
  tags              = { Name = "${var.name}-public-${local.zones[count.index]}" }
}

resource "aws_subnet" "private" {
  count = length(local.zones)

  vpc_id            = aws_vpc.this[0].id
  availability_zone = local.zones[count.index]
  cidr_block        = cidrsubnet(var.cidr, 3, 2 + count.index)
  tags              = { Name = "${var.name}-private-${local.zones[count.index]}" }
}
