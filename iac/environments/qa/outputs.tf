output "deployment" {
  description = "What paceline.json says: where containers run. `make aws-run` and `iac/scripts/tunnel` read it."
  value       = module.pipeline.deployment
}

output "lake" {
  description = "The lake's URI."
  value       = module.pipeline.lake
}

output "repository_urls" {
  description = "Where to push each image, by its name."
  value       = module.pipeline.repository_urls
}

output "warehouse_url" {
  description = "The warehouse's URL without its password; null for an existing one, which only put-secrets knows."
  value       = module.pipeline.warehouse_url
}

output "warehouse_secret_arn" {
  description = "Where RDS keeps the warehouse's password; null for an existing warehouse."
  value       = module.pipeline.warehouse_secret_arn
}

output "tunnel" {
  description = "What `iac/scripts/tunnel` starts to reach RDS from a laptop; null for an existing warehouse."
  value       = module.pipeline.tunnel
}

output "task_definitions" {
  description = "The task definitions as JSON, by name, as they are registered."
  value       = module.pipeline.task_definitions
}

output "dags_bucket" {
  description = "The bucket that MWAA reads DAGs from; null without MWAA."
  value       = module.pipeline.dags_bucket
}

output "webserver_url" {
  description = "The address of Airflow's web UI; null without MWAA."
  value       = module.pipeline.webserver_url
}

output "state_machine_arn" {
  description = "The chain that EventBridge Scheduler starts; null without it."
  value       = module.pipeline.state_machine_arn
}
