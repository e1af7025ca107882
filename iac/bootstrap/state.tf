# The bucket that holds the state of every root. Terraform locks a state by an object beside it, <key>.tflock.

resource "aws_s3_bucket" "state" {
  #checkov:skip=CKV_AWS_18:Terraform and the two GitHub roles are the only readers; CloudTrail says who changed the bucket.
  #checkov:skip=CKV_AWS_144:Versions bring back a lost state; what it describes is in the same region.
  #checkov:skip=CKV2_AWS_62:Nothing waits for a change of state.
  bucket = local.bucket

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_versioning" "state" {
  bucket = aws_s3_bucket.state.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "state" {
  bucket = aws_s3_bucket.state.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "state" {
  bucket = aws_s3_bucket.state.id

  rule {
    id     = "old-states"
    status = "Enabled"

    filter {}

    noncurrent_version_expiration {
      noncurrent_days = 90
    }

    # Each released lock leaves a marker.
    expiration {
      expired_object_delete_marker = true
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  depends_on = [aws_s3_bucket_versioning.state]
}
