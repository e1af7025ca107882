# Numbers made of the containers' reports (docs/reference/commands.md, "Output"): a report always has `report`, `step` and `exit`
# at its top level, and no other line has `report`. iac/tests/test_filter_patterns.py holds them against real ones.
locals {
  metrics = {
    failed       = "{ ($.report = \"*\") && ($.exit != 0) && ($.exit != 75) }"
    budget-spent = "{ ($.report = \"extract\") && ($.step = \"sync\") && ($.exit = 75) }"
    # The two ends of a green run. A budget that is spent is one: what was read until then is loaded.
    read  = "{ ($.report = \"extract\") && ($.step = \"sync\") && (($.exit = 0) || ($.exit = 75)) }"
    built = "{ ($.report = \"dbt\") && ($.step = \"build\") && ($.exit = 0) }"
  }
  namespace = "Paceline/${var.name}"
}

resource "aws_cloudwatch_log_metric_filter" "reports" {
  for_each = local.metrics

  name           = "${var.name}-${each.key}"
  log_group_name = aws_cloudwatch_log_group.containers.name
  pattern        = each.value

  metric_transformation {
    namespace = local.namespace
    name      = each.key
    value     = "1"
    unit      = "Count"
  }
}
