output "dags_bucket" {
  description = "The bucket with the DAGs, below dags/."
  value       = aws_s3_bucket.dags.bucket
}

output "webserver_url" {
  description = "The host of the web UI."
  value       = aws_mwaa_environment.airflow.webserver_url
}

output "environment_name" {
  description = "The environment's name."
  value       = aws_mwaa_environment.airflow.name
}
