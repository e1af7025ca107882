# How the modules fit together: one deployment of Paceline. The environments pass their values to this.

data "aws_caller_identity" "current" {}

locals {
  account_id = data.aws_caller_identity.current.account_id
}

module "network" {
  source = "../network"

  name            = var.name
  region          = var.region
  egress          = var.egress
  cidr            = var.cidr
  existing        = var.existing_network
  warehouse_ports = var.warehouse == "existing" ? var.warehouse_ports : []
}

module "lake" {
  source = "../lake"

  name            = var.name
  account_id      = local.account_id
  region          = var.region
  noncurrent_days = var.noncurrent_days
  deletable       = !var.protected
}

module "registry" {
  source = "../registry"

  name        = var.name
  account_id  = local.account_id
  region      = var.region
  images      = ["extract", "load", "transformation"]
  kept_images = var.kept_images
  deletable   = !var.protected
}

module "observability" {
  source = "../observability"

  name               = var.name
  account_id         = local.account_id
  region             = var.region
  retention_days     = var.log_retention_days
  alarm_email        = var.alarm_email
  monthly_budget_usd = var.monthly_budget_usd
  quiet_hours        = var.orchestrator == "none" ? null : var.quiet_hours # an Airflow elsewhere may have another rhythm
}

module "warehouse" {
  source = "../warehouse"

  name                   = var.name
  account_id             = local.account_id
  region                 = var.region
  kind                   = var.warehouse
  vpc_id                 = module.network.vpc_id
  private_subnet_ids     = module.network.private_subnet_ids
  task_security_group_id = module.network.task_security_group_id
  instance_class         = var.rds.instance_class
  storage_gb             = var.rds.storage_gb
  storage_limit_gb       = var.rds.storage_limit_gb
  multi_az               = var.rds.multi_az
  backup_days            = var.rds.backup_days
  deletion_protection    = var.protected
  alarm_topic_arn        = module.observability.topic_arn
  log_group              = module.observability.log_group
  architecture           = var.architecture
}

module "compute" {
  source = "../compute"

  name                 = var.name
  account_id           = local.account_id
  region               = var.region
  architecture         = var.architecture
  repository_urls      = module.registry.repository_urls
  repository_arns      = module.registry.repository_arns
  log_group            = module.observability.log_group
  log_group_arn        = module.observability.log_group_arn
  lake_bucket_arn      = module.lake.bucket_arn
  environment          = local.container_environment
  warehouse            = var.warehouse
  warehouse_secret_arn = module.warehouse.secret_arn
}

module "orchestrator" {
  source = "../orchestrator"

  name                   = var.name
  account_id             = local.account_id
  region                 = var.region
  kind                   = var.orchestrator
  egress                 = var.existing_network == null ? var.egress : "nat" # an existing network's private subnets have their own way out
  vpc_id                 = module.network.vpc_id
  private_subnet_ids     = module.network.private_subnet_ids
  webserver_access       = var.mwaa.webserver_access
  environment_class      = var.mwaa.environment_class
  workers                = var.mwaa.workers
  schedule               = var.schedule
  cluster                = module.compute.cluster
  cluster_arn            = module.compute.cluster_arn
  families               = module.compute.families
  passed_role_arns       = module.compute.role_arns
  task_subnet_ids        = module.network.task_subnet_ids
  task_security_group_id = module.network.task_security_group_id
  assign_public_ip       = module.network.assign_public_ip
  capacity_providers     = var.capacity_providers
  log_group_arn          = module.observability.log_group_arn
  log_retention_days     = var.log_retention_days
  alarm_topic_arn        = module.observability.topic_arn
  deployment             = jsonencode(local.deployment)
}
