# What containers and DAGs are told about this deployment.

locals {
  # paceline.json; orchestration/dags/paceline/deployment.py checks its keys.
  deployment = {
    region             = var.region
    cluster            = module.compute.cluster
    capacity_providers = var.capacity_providers
    subnets            = module.network.task_subnet_ids
    security_groups    = [module.network.task_security_group_id]
    assign_public_ip   = module.network.assign_public_ip
    families           = module.compute.families
    log_group          = module.observability.log_group
    lake               = module.lake.uri
  }

  # Requests to AWS are signed for a region, and the images refuse to guess it.
  aws = { AWS_REGION = var.region }
  # A certificate is public, so it is not a secret.
  warehouse_ca = var.warehouse_ca == null ? {} : { PACELINE_WAREHOUSE_CA = var.warehouse_ca }

  container_environment = {
    extract        = local.aws
    load           = merge(local.aws, local.warehouse_ca)
    transformation = merge(local.aws, local.warehouse_ca)
  }
}
