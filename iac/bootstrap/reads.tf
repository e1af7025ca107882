# What Terraform reads of what it manages, for both roles.

locals {
  reads = [
    {
      Sid    = "DescribeWithoutResource"
      Effect = "Allow"
      Action = [
        "ec2:DescribeAddresses", "ec2:DescribeAddressesAttribute", "ec2:DescribeAvailabilityZones",
        "ec2:DescribeInternetGateways", "ec2:DescribeNatGateways", "ec2:DescribeNetworkAcls",
        "ec2:DescribeNetworkInterfaces", "ec2:DescribePrefixLists",
        "ec2:DescribeRouteTables", "ec2:DescribeSecurityGroupRules", "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets",
        "ec2:DescribeTags", "ec2:DescribeVpcAttribute", "ec2:DescribeVpcEndpoints", "ec2:DescribeVpcs",
        "ecs:DescribeTaskDefinition", "ecs:ListTaskDefinitionFamilies", "ecs:ListTaskDefinitions",
        "kms:ListAliases", "logs:DescribeLogGroups", "rds:DescribeDBEngineVersions", "rds:DescribeOrderableDBInstanceOptions",
        "sns:GetSubscriptionAttributes", "states:ValidateStateMachineDefinition",
      ]
      Resource = "*"
    },
    {
      Sid    = "Buckets"
      Effect = "Allow"
      Action = [
        "s3:GetAccelerateConfiguration", "s3:GetBucketAcl", "s3:GetBucketCORS", "s3:GetBucketLocation", "s3:GetBucketLogging",
        "s3:GetBucketNotification", "s3:GetBucketObjectLockConfiguration", "s3:GetBucketOwnershipControls", "s3:GetBucketPolicy",
        "s3:GetBucketPublicAccessBlock", "s3:GetBucketRequestPayment", "s3:GetBucketTagging", "s3:GetBucketVersioning",
        "s3:GetBucketWebsite", "s3:GetEncryptionConfiguration", "s3:GetLifecycleConfiguration", "s3:GetReplicationConfiguration",
        "s3:ListBucket",
      ]
      Resource = local.bucket_arns
    },
    {
      Sid      = "Dags"
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:GetObjectTagging", "s3:GetObjectVersion", "s3:GetObjectVersionTagging"]
      Resource = local.dags_arn
    },
    {
      Sid    = "Roles"
      Effect = "Allow"
      Action = [
        "iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListInstanceProfilesForRole",
        "iam:ListRolePolicies", "iam:ListRoleTags",
      ]
      Resource = "arn:aws:iam::${local.account_id}:role/paceline-*"
    },
    {
      Sid    = "Registry"
      Effect = "Allow"
      Action = [
        "ecr:DescribeImages", "ecr:DescribeRepositories", "ecr:GetLifecyclePolicy", "ecr:GetRepositoryPolicy",
        "ecr:ListImages", "ecr:ListTagsForResource",
      ]
      Resource = "arn:aws:ecr:${local.here}:repository/paceline-*"
    },
    {
      Sid      = "Ecs"
      Effect   = "Allow"
      Action   = ["ecs:DescribeClusters", "ecs:ListTagsForResource"]
      Resource = ["arn:aws:ecs:${local.here}:cluster/paceline-*", "arn:aws:ecs:${local.here}:task-definition/paceline-*"]
    },
    {
      Sid    = "Warehouse"
      Effect = "Allow"
      Action = [
        "rds:DescribeDBParameterGroups", "rds:DescribeDBParameters", "rds:DescribeDBSubnetGroups", "rds:ListTagsForResource",
      ]
      Resource = [for kind in ["db", "pg", "subgrp"] : "arn:aws:rds:${local.here}:${kind}:paceline-*"]
    },
    {
      # The provider asks by the instance's resource id, and CloudWatch for lists: AWS checks both against all there are.
      Sid      = "ListWarehousesAndAlarms"
      Effect   = "Allow"
      Action   = ["cloudwatch:DescribeAlarms", "rds:DescribeDBInstances"]
      Resource = ["arn:aws:cloudwatch:${local.here}:alarm:*", "arn:aws:rds:${local.here}:db:*"]
    },
    {
      Sid    = "Watching"
      Effect = "Allow"
      Action = [
        "logs:DescribeMetricFilters", "logs:ListTagsForResource", "cloudwatch:ListTagsForResource",
        "sns:GetTopicAttributes", "sns:ListTagsForResource",
        "budgets:ListTagsForResource", "budgets:ViewBudget",
      ]
      Resource = local.watching_arns
    },
    {
      Sid      = "Keys"
      Effect   = "Allow"
      Action   = ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags"]
      Resource = local.keys_arn
    },
    {
      Sid    = "Orchestrator"
      Effect = "Allow"
      Action = [
        "airflow:GetEnvironment", "airflow:ListTagsForResource",
        "scheduler:GetSchedule", "scheduler:GetScheduleGroup", "scheduler:ListTagsForResource",
        "states:DescribeStateMachine", "states:ListStateMachineVersions", "states:ListTagsForResource",
      ]
      Resource = local.orchestrator_arns
    },
  ]
}
