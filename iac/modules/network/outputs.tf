output "vpc_id" {
  description = "The VPC that was made, or the existing one."
  value       = local.made ? aws_vpc.this[0].id : var.existing.vpc_id
}

output "task_subnet_ids" {
  description = "Where tasks run: the private subnets behind NAT, or the public ones if each task has a public address."
  value = (
    !local.made ? var.existing.task_subnet_ids
    : local.behind_nat ? aws_subnet.private[*].id : aws_subnet.public[*].id
  )

  # Whatever is put into a subnet needs its way out, from the first minute to the last.
  depends_on = [
    aws_route.public_to_internet, aws_route.private_to_nat, aws_route_table_association.public,
    aws_route_table_association.private, aws_vpc_endpoint.s3,
  ]
}

output "private_subnet_ids" {
  description = "Two private subnets in two zones, for what must not have a public address: RDS and MWAA."
  value       = local.made ? aws_subnet.private[*].id : var.existing.private_subnet_ids

  depends_on = [
    aws_route.public_to_internet, aws_route.private_to_nat, aws_route_table_association.public,
    aws_route_table_association.private, aws_vpc_endpoint.s3,
  ]
}

output "assign_public_ip" {
  description = "Whether a task needs a public address to reach the internet."
  value       = local.made ? var.egress == "public_ip" : var.existing.assign_public_ip
}

output "task_security_group_id" {
  description = "The security group of every task: nothing inbound, outbound by port."
  value       = aws_security_group.tasks.id
}
