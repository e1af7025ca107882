output "dags_bucket" {
  description = "The bucket that MWAA reads the DAGs from; null without MWAA."
  value       = one(module.mwaa[*].dags_bucket)
}

output "webserver_url" {
  description = "The host of Airflow's web UI; null without MWAA."
  value       = one(module.mwaa[*].webserver_url)
}

output "environment_name" {
  description = "The name of the MWAA environment, for the AWS CLI; null without MWAA."
  value       = one(module.mwaa[*].environment_name)
}

output "state_machine_arn" {
  description = "The state machine that runs the chain of a day; null without the scheduler."
  value       = one(module.scheduler[*].state_machine_arn)
}

output "definition" {
  description = "Its definition in Amazon States Language, as JSON; null without the scheduler."
  value       = one(module.scheduler[*].definition)
}
