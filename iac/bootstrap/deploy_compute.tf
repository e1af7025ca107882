# What paceline-deploy may do to ECS: make clusters, register task definitions. It starts no task.

locals {
  deploy_compute = [
    {
      Sid      = "Clusters"
      Effect   = "Allow"
      Action   = ["ecs:CreateCluster", "ecs:DeleteCluster", "ecs:PutClusterCapacityProviders", "ecs:UpdateCluster"]
      Resource = "arn:aws:ecs:${local.here}:cluster/paceline-*"
    },
    {
      Sid      = "Tags"
      Effect   = "Allow"
      Action   = ["ecs:TagResource", "ecs:UntagResource"]
      Resource = ["arn:aws:ecs:${local.here}:cluster/paceline-*", "arn:aws:ecs:${local.here}:task-definition/paceline-*"]
    },
    {
      Sid      = "TaskDefinitionsWithoutResource"
      Effect   = "Allow"
      Action   = ["ecs:DeregisterTaskDefinition", "ecs:RegisterTaskDefinition"]
      Resource = "*"
    },
  ]
}
