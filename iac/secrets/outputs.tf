output "parameters" {
  description = "The names of the parameters that iac/scripts/put-secrets fills."
  value       = module.secrets.parameters

  precondition {
    condition     = terraform_data.environment.output == var.environment
    error_message = "This state has the secrets of ${terraform_data.environment.output}. Run: iac/scripts/init secrets ${var.environment}"
  }
}
