mock_provider "aws" {
  source = "../pipeline/tests/aws"
}

run "nothing" {
  command = plan
  variables {
    kind = "none"
  }
  assert {
    condition = (
      output.dags_bucket == null && output.webserver_url == null && output.state_machine_arn == null && output.definition == null
    )
    error_message = "Without an orchestrator there are none of its outputs."
  }
  assert {
    condition     = length(module.mwaa) == 0 && length(module.scheduler) == 0
    error_message = "Without an orchestrator nothing is made."
  }
}
