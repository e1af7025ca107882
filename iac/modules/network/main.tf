# The VPC and its subnets, unless an existing VPC is given.

locals {
  made       = var.existing == null
  behind_nat = local.made && var.egress == "nat"
  zones      = local.made ? slice(data.aws_availability_zones.available[0].names, 0, 2) : []
}

data "aws_availability_zones" "available" {
  #checkov:skip=CKV_AWS_394:A subnet stays in the zone that it was made in, whatever this list says later.
  count = local.made ? 1 : 0
  state = "available"

  # Fargate is not in these: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AWS_Fargate-Regions.html
  exclude_zone_ids = ["apne1-az3", "cac1-az4", "use1-az3", "usw1-az2"]

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
  tags              = { Name = "${var.name}-public-${count.index + 1}" }

  # A zone that is impaired leaves the list; nothing may move because of that.
  lifecycle { ignore_changes = [availability_zone] }
}

resource "aws_subnet" "private" {
  count = length(local.zones)

  vpc_id            = aws_vpc.this[0].id
  availability_zone = local.zones[count.index]
  cidr_block        = cidrsubnet(var.cidr, 3, 2 + count.index)
  tags              = { Name = "${var.name}-private-${count.index + 1}" }

  lifecycle { ignore_changes = [availability_zone] }
}
