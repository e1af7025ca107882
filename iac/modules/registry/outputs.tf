locals {
  host = "${var.account_id}.dkr.ecr.${var.region}.amazonaws.com"
  arn  = "arn:aws:ecr:${var.region}:${var.account_id}:repository"
}

output "repository_urls" {
  description = "The address of each image's repository, without a tag."
  value = {
    for image in var.images : image => "${local.host}/${aws_ecr_repository.image[image].name}"
  }
}

output "repository_arns" {
  description = "The ARN of each image's repository, made of its name, so that a plan shows the policies that contain it."
  value       = { for image in var.images : image => "${local.arn}/${var.name}/${image}" }
}
