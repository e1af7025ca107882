output "bucket" {
  description = "The bucket's name."
  value       = aws_s3_bucket.lake.bucket
}

output "bucket_arn" {
  description = "The bucket's ARN, made of its name, so that a plan shows the policies that contain it."
  value       = local.bucket_arn
}

output "uri" {
  description = "The lake's address, for PACELINE_LAKE; the lake is the whole bucket."
  value       = "s3://${local.bucket}"
}

output "purge_role_arn" {
  description = "The only role that may delete below bronze/."
  value       = local.purge_role_arn
}
