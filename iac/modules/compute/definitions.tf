# Reads orchestration/containers/*.json and rewrites what differs between deployments, and nothing else.
locals {
  folder = coalesce(var.definitions, "${path.module}/../../../orchestration/containers")

  # By name: extract-<application>, load, transformation.
  files = {
    for file in fileset(local.folder, "*.json") : trimsuffix(file, ".json") => jsondecode(file("${local.folder}/${file}"))
  }

  # Each has one container, which is named like its image.
  containers = { for name, definition in local.files : name => definition.containerDefinitions[0] }
  families   = { for name, definition in local.files : name => "${var.name}-${name}" }

  variables = {
    for name, container in local.containers : name => merge(
      {
        for variable in container.environment :
        variable.name => replace(variable.value, "/^ssm:\\/paceline\\//", "ssm:/${var.name}/")
      },
      lookup(var.environment, container.name, {}),
    )
  }

  # The names of SSM's parameters by variable, without what RDS manages.
  parameters = {
    for name, container in local.containers : name => {
      for secret in container.secrets : secret.name => replace(secret.valueFrom, "/^\\/paceline\\//", "/${var.name}/")
      if !contains(local.managed, secret.name)
    }
  }
  managed = var.warehouse == "rds" ? ["PACELINE_WAREHOUSE_PASSWORD"] : []

  # Until an image is delivered, a task fails to start, and the tag in ECS's message says why.
  not_delivered = {
    for name, container in local.containers : name => "${var.repository_urls[container.name]}:not-delivered-yet"
  }

  rewritten = {
    for name, container in local.containers : name => merge(container, {
      environment = [for variable, value in local.variables[name] : { name = variable, value = value }]
      secrets = [
        for secret in container.secrets : {
          name      = secret.name
          valueFrom = try(local.parameters[name][secret.name], "${var.warehouse_secret_arn}:password::")
        }
      ]
      logConfiguration = merge(container.logConfiguration, {
        options = merge(container.logConfiguration.options, {
          "awslogs-group"  = var.log_group
          "awslogs-region" = var.region
        })
      })
    })
  }

  rendered = {
    for name, definition in local.files : name => merge(definition, {
      family           = local.families[name]
      executionRoleArn = aws_iam_role.execution[name].arn
      taskRoleArn      = aws_iam_role.task[name].arn
      runtimePlatform  = merge(definition.runtimePlatform, { cpuArchitecture = var.architecture })
      containerDefinitions = [
        merge(local.rewritten[name], { image = data.aws_ecs_container_definition.running[name].image })
      ]
    })
  }
}
