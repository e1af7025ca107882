# By which names GitHub's roles find what is Paceline's: everything of an environment begins with paceline-.

locals {
  here = "${var.region}:${local.account_id}"

  bucket_arns = [for purpose in ["lake", "dags"] : "arn:aws:s3:::paceline-*-${purpose}-${local.account_id}-${var.region}"]
  dags_arn    = "arn:aws:s3:::paceline-*-dags-${local.account_id}-${var.region}/*"

  # A key has an id of AWS's: its tag says whose it is.
  keys_arn = "arn:aws:kms:${local.here}:key/*"

  watching_arns = [
    "arn:aws:logs:${local.here}:log-group:/paceline-*",
    "arn:aws:logs:${local.here}:log-group:airflow-paceline-*",
    "arn:aws:cloudwatch:${local.here}:alarm:paceline-*",
    "arn:aws:sns:${local.here}:paceline-*",
    "arn:aws:budgets::${local.account_id}:budget/paceline-*",
  ]

  orchestrator_arns = [
    "arn:aws:airflow:${local.here}:environment/paceline-*",
    "arn:aws:scheduler:${local.here}:schedule/*/paceline-*",
    "arn:aws:scheduler:${local.here}:schedule-group/paceline-*",
    "arn:aws:states:${local.here}:stateMachine:paceline-*",
  ]
}
