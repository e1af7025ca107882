# Who may touch the lake: nobody from outside, nobody without TLS, and only purge deletes records.

resource "aws_s3_bucket_public_access_block" "lake" {
  bucket = aws_s3_bucket.lake.id

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "lake" {
  bucket = aws_s3_bucket.lake.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_policy" "lake" {
  bucket = aws_s3_bucket.lake.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "OnlyTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [local.bucket_arn, "${local.bucket_arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      {
        # Of a session, aws:PrincipalArn is the role's ARN. The lifecycle is not a principal, and is not denied.
        Sid       = "OnlyPurgeDeletesRecords"
        Effect    = "Deny"
        Principal = "*"
        Action    = ["s3:DeleteObject", "s3:DeleteObjectVersion"]
        Resource  = "${local.bucket_arn}/bronze/*"
        Condition = { ArnNotEquals = { "aws:PrincipalArn" = local.purge_role_arn } }
      },
    ]
  })

  # A policy that is put while the block is being made can be refused.
  depends_on = [aws_s3_bucket_public_access_block.lake]
}
