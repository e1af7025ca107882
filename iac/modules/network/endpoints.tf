# S3 without the NAT gateway, which charges per gigabyte. The endpoint keeps its default policy: ECR serves the layers of images
# from a bucket of AWS, so a policy that allowed only the lake would stop every task. Roles decide who reads which bucket.

resource "aws_vpc_endpoint" "s3" {
  count = local.made ? 1 : 0

  vpc_id            = aws_vpc.this[0].id
  service_name      = "com.amazonaws.${var.region}.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = [aws_route_table.public[0].id, aws_route_table.private[0].id]
  tags              = { Name = "${var.name}-s3" }
}
