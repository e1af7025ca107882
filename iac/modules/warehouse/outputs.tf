output "host" {
  description = "The instance's own name, which its certificate is for; null if the warehouse exists elsewhere."
  value       = local.rds ? aws_db_instance.warehouse[0].address : null
}

output "port" {
  description = "The instance's port; null if the warehouse exists elsewhere."
  value       = local.rds ? local.port : null
}

output "url" {
  description = "The value of PACELINE_WAREHOUSE for the tasks, without a password; null if somebody has to give it."
  value = (
    local.rds ? "postgresql://${local.user}@${aws_db_instance.warehouse[0].address}:${local.port}/${local.database}" : null
  )
}

output "secret_arn" {
  description = "The secret in which RDS keeps and rotates the master password; null if the warehouse exists elsewhere."
  value       = local.rds ? aws_db_instance.warehouse[0].master_user_secret[0].secret_arn : null
}

output "tunnel" {
  description = "What iac/scripts/tunnel needs to know; null if the warehouse exists elsewhere."
  value = local.rds ? {
    family    = local.tunnel_family
    container = local.tunnel_container
    host      = aws_db_instance.warehouse[0].address
    port      = local.port
    database  = local.database
    user      = local.user
    secret    = aws_db_instance.warehouse[0].master_user_secret[0].secret_arn
    region    = var.region
  } : null
}
