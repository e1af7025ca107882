# What RunTask is called with, by step: the same as the DAGs' operator does (orchestration/dags/paceline/task.py).
locals {
  run_task = { for step in local.steps : step.name => {
    Cluster                      = var.cluster
    TaskDefinition               = var.families[step.definition]
    "CapacityProviderStrategy.$" = "$.${step.name}.capacity"
    NetworkConfiguration = {
      AwsvpcConfiguration = {
        Subnets        = var.subnet_ids
        SecurityGroups = [var.security_group_id]
        AssignPublicIp = var.assign_public_ip ? "ENABLED" : "DISABLED"
      }
    }
    Overrides = {
      ContainerOverrides = [{
        Name    = step.image
        Command = step.command
        Environment = [
          { Name = "PACELINE_LAKE", Value = var.lake },
          { Name = "PACELINE_ORCHESTRATOR_RUN", "Value.$" = "$$.Execution.Name" },
          { Name = "PACELINE_ORCHESTRATOR_TRY", "Value.$" = "States.Format('{}', $.${step.name}.try)" },
        ]
      }]
    }
  } }

  # The strategy of each try. Weights are shares: if Spot has no capacity, ECS starts the task nowhere else, so that the last try
  # is on demand alone.
  strategies = concat([for retry in range(local.tries - 1) : local.shares], [local.last_try])
  shares     = [for each in var.capacity_providers : { CapacityProvider = each.provider, Weight = each.weight, Base = each.base }]
  on_demand  = [{ CapacityProvider = "FARGATE", Weight = 1, Base = 0 }]
  last_try   = contains(var.capacity_providers[*].provider, "FARGATE_SPOT") ? local.on_demand : local.shares
}
