# What paceline-deploy may do to roles: make those of the environments, and hand them to the services that run them. It can give
# such a role any permission, so whoever may deploy is trusted with the account; it cannot change GitHub's own roles.

locals {
  deploy_roles = [
    {
      Sid    = "Roles"
      Effect = "Allow"
      Action = [
        "iam:CreateRole", "iam:DeleteRole", "iam:DeleteRolePolicy", "iam:PutRolePolicy", "iam:TagRole", "iam:UntagRole",
        "iam:UpdateAssumeRolePolicy", "iam:UpdateRole", "iam:UpdateRoleDescription",
      ]
      Resource = "arn:aws:iam::${local.account_id}:role/paceline-*"
    },
    {
      Sid      = "PassRoles"
      Effect   = "Allow"
      Action   = ["iam:PassRole"]
      Resource = "arn:aws:iam::${local.account_id}:role/paceline-*"
      Condition = {
        StringEquals = {
          "iam:PassedToService" = [
            "airflow.amazonaws.com", "ecs-tasks.amazonaws.com", "scheduler.amazonaws.com", "states.amazonaws.com",
          ]
        }
      }
    },
    {
      Sid    = "NotItself"
      Effect = "Deny"
      Action = [
        "iam:DeleteRole", "iam:DeleteRolePolicy", "iam:PassRole", "iam:PutRolePolicy", "iam:TagRole", "iam:UntagRole",
        "iam:UpdateAssumeRolePolicy", "iam:UpdateRole", "iam:UpdateRoleDescription",
      ]
      Resource = [for role in ["plan", "deploy"] : "arn:aws:iam::${local.account_id}:role/paceline-${role}"]
    },
    {
      # The first cluster, database and Airflow of an account each bring a role of AWS's own.
      Sid      = "RolesOfServices"
      Effect   = "Allow"
      Action   = ["iam:CreateServiceLinkedRole"]
      Resource = "arn:aws:iam::${local.account_id}:role/aws-service-role/*"
      Condition = {
        StringEquals = { "iam:AWSServiceName" = ["airflow.amazonaws.com", "ecs.amazonaws.com", "rds.amazonaws.com"] }
      }
    },
  ]
}
