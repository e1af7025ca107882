# What every test here is given, beside the kind.
name       = "paceline-qa"
account_id = "123456789012"
region     = "eu-west-1"

vpc_id                 = "vpc-1"
private_subnet_ids     = ["subnet-private-a", "subnet-private-b", "subnet-private-c"]
task_subnet_ids        = ["subnet-task-a", "subnet-task-b"]
task_security_group_id = "sg-tasks"
egress                 = "nat"
assign_public_ip       = false
capacity_providers     = [{ provider = "FARGATE_SPOT", weight = 4 }, { provider = "FARGATE", weight = 1, base = 1 }]

cluster     = "paceline-qa"
cluster_arn = "arn:aws:ecs:eu-west-1:123456789012:cluster/paceline-qa"
families = {
  extract-strava = "paceline-qa-extract-strava"
  load           = "paceline-qa-load"
  transformation = "paceline-qa-transformation"
}
passed_role_arns   = ["arn:aws:iam::123456789012:role/paceline-qa-load-task"]
webserver_access   = "PUBLIC_ONLY"
environment_class  = "mw1.small"
workers            = { min = 1, max = 2 }
log_retention_days = 30
schedule           = "cron(5 0 * * ? *)"
alarm_topic_arn    = "arn:aws:sns:eu-west-1:123456789012:paceline-qa-alarms"
log_group_arn      = "arn:aws:logs:eu-west-1:123456789012:log-group:/paceline-qa"
deployment         = "{\"lake\": \"s3://paceline-qa-lake-123456789012-eu-west-1\"}"
