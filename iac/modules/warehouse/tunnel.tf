# The task that iac/scripts/tunnel starts: it stays for some hours, and Session Manager forwards a laptop's port through it.
# Nothing of it runs otherwise, and it has no port open.

locals {
  tunnel_family    = "${var.name}-tunnel"
  tunnel_container = "tunnel"
  # The script gives a command of its own; this is the limit for a task that somebody starts without it.
  tunnel_seconds = 8 * 3600
}

resource "aws_ecs_task_definition" "tunnel" {
  #checkov:skip=CKV_AWS_336:The agent of ECS Exec, which the tunnel goes through, writes to the container's file system.
  count = local.instances

  family                   = local.tunnel_family
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = "256"
  memory                   = "512"
  execution_role_arn       = aws_iam_role.tunnel_execution[0].arn
  task_role_arn            = aws_iam_role.tunnel_task[0].arn

  runtime_platform {
    cpu_architecture        = var.architecture
    operating_system_family = "LINUX"
  }

  container_definitions = jsonencode([{
    name      = local.tunnel_container
    image     = "public.ecr.aws/docker/library/alpine:3.22"
    essential = true
    command   = ["sleep", tostring(local.tunnel_seconds)]
    # Without an init process, `sleep` ignores SIGTERM, and the agent's children stay as zombies.
    linuxParameters = { initProcessEnabled = true }
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = var.log_group
        awslogs-region        = var.region
        awslogs-stream-prefix = "paceline"
        mode                  = "blocking" # as the other containers: no line is lost
      }
    }
  }])
}
