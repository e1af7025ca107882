# qa: small and cheap, and deleted with all its data by `terraform destroy`.

module "pipeline" {
  source = "../../modules/pipeline"

  name      = "paceline-qa"
  region    = var.region
  protected = false

  egress       = var.egress
  architecture = var.architecture

  warehouse    = var.warehouse
  warehouse_ca = var.warehouse_ca
  rds          = { backup_days = 1 }

  orchestrator = var.orchestrator

  alarm_email        = var.alarm_email
  monthly_budget_usd = var.monthly_budget_usd
  log_retention_days = 30
}
