# What RunTask is called with, by step: the same as the DAGs' operator does (orchestration/dags/paceline/task.py).
locals {
  run_task = { for step in local.steps : step.name => {
    Cluster        = var.cluster
    TaskDefinition = var.families[step.definition]
    CapacityProviderStrategy = [for each in var.capacity_providers :
      { CapacityProvider = each.provider, Weight = each.weight, Base = each.base }
    ]
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
}
