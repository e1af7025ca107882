# What containers say about themselves is in their reports, from which the alarms are made, and a lack of memory is exit 137.
# Metrics of tasks that live for minutes would cost more than the tasks.
resource "aws_ecs_cluster" "this" {
  #checkov:skip=CKV_AWS_65:Container Insights costs more than three short tasks a day; reports and exit codes say what happened
  name = var.name

  setting {
    name  = "containerInsights"
    value = "disabled"
  }
}

# Each RunTask names its own strategy, which paceline.json has.
resource "aws_ecs_cluster_capacity_providers" "this" {
  cluster_name       = aws_ecs_cluster.this.name
  capacity_providers = ["FARGATE", "FARGATE_SPOT"]
}
