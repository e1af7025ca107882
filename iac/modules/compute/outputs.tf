output "cluster" {
  description = "The cluster's name."
  value       = aws_ecs_cluster.this.name
}

output "cluster_arn" {
  description = "The cluster's ARN."
  value       = "arn:aws:ecs:${var.region}:${var.account_id}:cluster/${var.name}"
}

output "families" {
  description = "The family of each task definition, by its name: extract-<application>, load, transformation."
  value       = local.families
}

output "role_arns" {
  description = "The execution and task roles of all task definitions. Whoever runs tasks needs iam:PassRole on them."
  value = flatten([
    for name in keys(local.files) : [
      for use in ["execution", "task"] : "arn:aws:iam::${var.account_id}:role/${var.name}-${name}-${use}"
    ]
  ])
}

output "task_definitions" {
  description = "Each task definition as it is registered, as JSON in the form that RegisterTaskDefinition takes."
  value       = { for name, definition in local.rendered : name => jsonencode(definition) }
}
