# What MWAA reads: the DAGs, paceline.json and requirements.txt. All of it can be uploaded again, so that it may be destroyed.
resource "aws_s3_bucket" "dags" {
  #checkov:skip=CKV_AWS_18:Only MWAA reads it; CloudTrail has who uploads.
  #checkov:skip=CKV_AWS_144:All of it is in the repository.
  #checkov:skip=CKV_AWS_145:AWS documents MWAA with keys of S3 and with the customer's own, but not with aws/s3; nothing here is secret.
  #checkov:skip=CKV2_AWS_62:MWAA looks for new files itself.
  bucket        = "${var.name}-dags-${var.account_id}-${var.region}"
  force_destroy = true
}

resource "aws_s3_bucket_versioning" "dags" {
  bucket = aws_s3_bucket.dags.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "dags" {
  bucket = aws_s3_bucket.dags.id

  rule {
    id     = "old-versions"
    status = "Enabled"
    filter {}
    # Not sooner: MWAA starts machines with the version of requirements.txt that it was last updated to, and an update may fail.
    noncurrent_version_expiration {
      noncurrent_days = 30
    }
    expiration {
      expired_object_delete_marker = true
    }
    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }

  depends_on = [aws_s3_bucket_versioning.dags]
}

resource "aws_s3_bucket_server_side_encryption_configuration" "dags" {
  bucket = aws_s3_bucket.dags.id
  rule {
    # With a key of our own the whole environment would have to use that one.
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}
