# One repository per image. A tag is never moved, so a task definition that names one always starts the same image.

resource "aws_ecr_repository" "image" {
  #checkov:skip=CKV_AWS_136:An image holds no data and no secret; ECR's own encryption needs no key whose grants could be revoked.
  for_each = var.images

  name                 = "${var.name}/${each.value}"
  image_tag_mutability = "IMMUTABLE"
  force_delete         = var.deletable

  image_scanning_configuration {
    scan_on_push = true
  }
}
