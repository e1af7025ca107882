module "mwaa" {
  source = "./mwaa"
  count  = var.kind == "mwaa" ? 1 : 0

  name                   = var.name
  account_id             = var.account_id
  region                 = var.region
  vpc_id                 = var.vpc_id
  private_subnet_ids     = distinct(var.private_subnet_ids)
  task_security_group_id = var.task_security_group_id
  webserver_access       = var.webserver_access
  environment_class      = var.environment_class
  workers                = var.workers
  log_retention_days     = var.log_retention_days
  cluster                = var.cluster
  cluster_arn            = var.cluster_arn
  families               = var.families
  passed_role_arns       = var.passed_role_arns
  log_group_arn          = var.log_group_arn
  deployment             = var.deployment
}

module "scheduler" {
  source = "./scheduler"
  count  = var.kind == "scheduler" ? 1 : 0

  name               = var.name
  account_id         = var.account_id
  region             = var.region
  schedule           = var.schedule
  cluster            = var.cluster
  cluster_arn        = var.cluster_arn
  families           = var.families
  passed_role_arns   = var.passed_role_arns
  subnet_ids         = var.task_subnet_ids
  security_group_id  = var.task_security_group_id
  assign_public_ip   = var.assign_public_ip
  capacity_providers = var.capacity_providers
  lake               = jsondecode(var.deployment).lake
  log_group_arn      = var.log_group_arn
  alarm_topic_arn    = var.alarm_topic_arn
}
