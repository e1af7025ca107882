# The bucket that is the lake.

locals {
  bucket = "${var.name}-lake-${var.account_id}-${var.region}"
  # By name, so that a plan shows the policies whole.
  bucket_arn     = "arn:aws:s3:::${local.bucket}"
  purge_role     = "${var.name}-purge"
  purge_role_arn = "arn:aws:iam::${var.account_id}:role/${local.purge_role}"
}

resource "aws_s3_bucket" "lake" {
  #checkov:skip=CKV_AWS_18:Access logs would name every read of a private lake in a second bucket; CloudTrail says who changed it.
  #checkov:skip=CKV_AWS_144:A lake can be filled again from its source, and a replica would be a second copy to purge.
  #checkov:skip=CKV2_AWS_62:Nothing waits for an object; a run reads the commits that are there.
  bucket        = local.bucket
  force_destroy = var.deletable
}

# AWS's own key, which has no monthly price. Every role of the account that may use the bucket may use it.
resource "aws_s3_bucket_server_side_encryption_configuration" "lake" {
  bucket = aws_s3_bucket.lake.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}
