# Registers a family's first revision, so that there is an image to read; from then on it only waits.
resource "aws_ecs_task_definition" "first" {
  for_each = local.files

  family                   = local.families[each.key]
  network_mode             = each.value.networkMode
  requires_compatibilities = each.value.requiresCompatibilities
  cpu                      = each.value.cpu
  memory                   = each.value.memory
  execution_role_arn       = aws_iam_role.execution[each.key].arn
  task_role_arn            = aws_iam_role.task[each.key].arn
  container_definitions    = jsonencode([merge(local.rewritten[each.key], { image = local.not_delivered[each.key] })])
  track_latest             = true
  skip_destroy             = true

  runtime_platform {
    cpu_architecture        = var.architecture
    operating_system_family = each.value.runtimePlatform.operatingSystemFamily
  }

  dynamic "volume" {
    for_each = try(each.value.volumes, [])
    content {
      name = volume.value.name
    }
  }

  lifecycle {
    ignore_changes = [
      container_definitions, cpu, execution_role_arn, memory, network_mode, requires_compatibilities, runtime_platform, tags,
      tags_all, task_role_arn, volume,
    ]

    precondition {
      condition     = length(each.value.containerDefinitions) == 1 && each.value.family == "paceline-${each.key}"
      error_message = "${each.key}.json must have one container, and the family paceline-${each.key}."
    }
    precondition {
      condition     = length(setsubtract(keys(each.value), local.known_fields)) == 0
      error_message = "${each.key}.json has a field that would not be deployed. Known are ${join(", ", local.known_fields)}."
    }
    precondition {
      condition     = alltrue([for volume in try(each.value.volumes, []) : length(keys(volume)) == 1])
      error_message = "${each.key}.json has a volume with more than a name, which would not be deployed."
    }
    precondition {
      condition     = alltrue([for secret in local.containers[each.key].secrets : startswith(secret.valueFrom, "/paceline/")])
      error_message = "${each.key}.json has a secret that is not below /paceline/, so deployments would share it."
    }
  }
}

locals {
  known_fields = [
    "family", "networkMode", "requiresCompatibilities", "runtimePlatform", "cpu", "memory", "containerDefinitions", "volumes",
  ]
}

# The image that runs now. Delivery registers a copy of the newest revision with another image, and Terraform keeps it.
data "aws_ecs_container_definition" "running" {
  for_each = local.files

  # The family, but unknown until its first revision is registered.
  task_definition = element(split("/", aws_ecs_task_definition.first[each.key].arn_without_revision), 1)
  container_name  = local.containers[each.key].name
}

# A revision is never deregistered: delivery can return to it while its image is kept, and a family is never without one.
resource "aws_ecs_task_definition" "this" {
  for_each = local.files

  family                   = local.rendered[each.key].family
  network_mode             = local.rendered[each.key].networkMode
  requires_compatibilities = local.rendered[each.key].requiresCompatibilities
  cpu                      = local.rendered[each.key].cpu
  memory                   = local.rendered[each.key].memory
  execution_role_arn       = local.rendered[each.key].executionRoleArn
  task_role_arn            = local.rendered[each.key].taskRoleArn
  container_definitions    = jsonencode(local.rendered[each.key].containerDefinitions)
  track_latest             = true
  skip_destroy             = true

  runtime_platform {
    cpu_architecture        = local.rendered[each.key].runtimePlatform.cpuArchitecture
    operating_system_family = local.rendered[each.key].runtimePlatform.operatingSystemFamily
  }

  dynamic "volume" {
    for_each = try(local.rendered[each.key].volumes, [])
    content {
      name = volume.value.name
    }
  }
}
