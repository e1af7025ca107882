resource "aws_mwaa_environment" "airflow" {
  #checkov:skip=CKV2_AWS_66:webserver_access is the deployment's choice; AWS's log-in guards a public web UI.
  name              = var.name
  airflow_version   = "3.2.1"
  environment_class = var.environment_class
  min_workers       = var.workers.min
  max_workers       = var.workers.max

  source_bucket_arn               = aws_s3_bucket.dags.arn
  dag_s3_path                     = "dags"
  requirements_s3_path            = aws_s3_object.requirements.key
  requirements_s3_object_version  = aws_s3_object.requirements.version_id
  execution_role_arn              = aws_iam_role.airflow.arn
  webserver_access_mode           = var.webserver_access
  weekly_maintenance_window_start = "SUN:12:00"

  network_configuration {
    security_group_ids = [aws_security_group.airflow.id]
    # Exactly two. Changing them replaces the environment, with its history of runs.
    subnet_ids = slice(var.private_subnet_ids, 0, 2)
  }

  logging_configuration {
    dag_processing_logs {
      enabled   = true
      log_level = local.logs.DAGProcessing
    }
    scheduler_logs {
      enabled   = true
      log_level = local.logs.Scheduler
    }
    task_logs {
      enabled   = true
      log_level = local.logs.Task
    }
    webserver_logs {
      enabled   = true
      log_level = local.logs.WebServer
    }
    worker_logs {
      enabled   = true
      log_level = local.logs.Worker
    }
  }

  # Creation takes about 25 minutes, and so does an update.
  timeouts {
    create = "90m"
    update = "90m"
    delete = "60m"
  }

  # MWAA checks both when it creates the environment, and writes to log groups that exist.
  depends_on = [
    aws_iam_role_policy.airflow, aws_iam_role_policy.dags, aws_s3_bucket_public_access_block.dags, aws_s3_bucket_versioning.dags,
    aws_cloudwatch_log_group.airflow, aws_vpc_security_group_ingress_rule.itself, aws_vpc_security_group_egress_rule.itself,
    aws_vpc_security_group_egress_rule.aws,
  ]
}
