# The DAGs themselves are synced by the delivery, which leaves paceline.json alone.
resource "aws_s3_object" "deployment" {
  #checkov:skip=CKV_AWS_186:The bucket encrypts it, by AWS's key aws/s3.
  bucket       = aws_s3_bucket.dags.id
  key          = "dags/paceline.json"
  content      = var.deployment
  content_type = "application/json"

  depends_on = [aws_s3_bucket_versioning.dags, aws_s3_bucket_server_side_encryption_configuration.dags]
}

resource "aws_s3_object" "requirements" {
  #checkov:skip=CKV_AWS_186:The bucket encrypts it, by AWS's key aws/s3.
  bucket = aws_s3_bucket.dags.id
  key    = "requirements.txt"
  # As content and not by its path, so that a changed file is a changed version, to which the environment is updated.
  content = file("${path.module}/requirements.txt")

  depends_on = [aws_s3_bucket_versioning.dags, aws_s3_bucket_server_side_encryption_configuration.dags]
}
