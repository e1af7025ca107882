# The role of Airflow's machines: what MWAA itself needs (access_mwaa.tf), and what the DAGs' operators call (access_dags.tf).
resource "aws_iam_role" "airflow" {
  name = "${var.name}-airflow"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = ["airflow.amazonaws.com", "airflow-env.amazonaws.com"] }
      # Otherwise MWAA would also act for somebody else's environment.
      Condition = {
        StringEquals = { "aws:SourceAccount" = var.account_id }
        ArnLike      = { "aws:SourceArn" = local.environment_arn }
      }
    }]
  })
}

resource "aws_iam_role_policy" "airflow" {
  name   = "mwaa"
  role   = aws_iam_role.airflow.name
  policy = jsonencode({ Version = "2012-10-17", Statement = concat(local.mwaa_files, local.mwaa_reports, local.mwaa_queues) })
}

resource "aws_iam_role_policy" "dags" {
  name   = "dags"
  role   = aws_iam_role.airflow.name
  policy = jsonencode({ Version = "2012-10-17", Statement = local.dags })
}

locals {
  environment_arn = "arn:aws:airflow:${var.region}:${var.account_id}:environment/${var.name}"
}
