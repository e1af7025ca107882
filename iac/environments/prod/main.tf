# prod: private subnets, and nothing that holds data can be destroyed by accident.

module "pipeline" {
  source = "../../modules/pipeline"

  name   = "paceline-prod"
  region = var.region

  egress       = var.egress
  cidr         = "10.30.0.0/16"
  architecture = var.architecture

  warehouse    = var.warehouse
  warehouse_ca = var.warehouse_ca
  rds          = { instance_class = "db.t4g.small", storage_gb = 50, backup_days = 14 }

  orchestrator = var.orchestrator

  alarm_email        = var.alarm_email
  monthly_budget_usd = var.monthly_budget_usd
  log_retention_days = 365
}
