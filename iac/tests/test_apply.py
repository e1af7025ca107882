"""Applies both environments to a simulated AWS, and destroys them; what it cannot make is planned elsewhere.

Not here are MWAA, the budget and the state machine: moto lacks their calls (ValidateStateMachineDefinition, for the last).
`terraform test` of the module `pipeline` applies them with a provider that is made up.
"""

from pathlib import Path
from typing import Any

import pytest
from paceline.deployment import Deployment
from policies import applied_resources, role_statements
from terraform import ACCOUNT, Terraform, changes

# What moto does not give back, so that Terraform sees a change in each plan.
NEVER_CONVERGES = {
    "module.pipeline.module.warehouse.aws_db_parameter_group.warehouse[0]": "its parameters",
    "module.pipeline.module.warehouse.aws_db_instance.warehouse[0]": "Performance Insights",
    "module.pipeline.module.warehouse.aws_vpc_security_group_egress_rule.tasks_to_warehouse[0]": "the description",
    "module.pipeline.module.warehouse.aws_vpc_security_group_ingress_rule.from_tasks[0]": "the description",
}


@pytest.mark.parametrize(
    ("environment", "variables"),
    [
        ("qa", {"egress": "public_ip", "warehouse": "rds"}),
        ("prod", {"egress": "nat", "warehouse": "existing", "architecture": "X86_64"}),
    ],
)
def test_environment_is_applied_once_and_destroyed(iac: Path, moto: str, environment: str, variables: dict[str, Any]) -> None:
    root = Terraform.on_moto(
        iac / "environments" / environment,
        moto,
        region="eu-west-1",
        orchestrator="none",
        alarm_email="ops@example.com",
        **variables,
    ).init()
    root.apply()
    assert set(changes(root.plan())) == (NEVER_CONVERGES.keys() if variables["warehouse"] == "rds" else set())
    outputs, state = root.outputs(), root.state()

    deployment = Deployment.parse(outputs["deployment"])
    name = f"paceline-{environment}"
    assert deployment.families == {one: f"{name}-{one}" for one in ("extract-strava", "load", "transformation")}
    assert (deployment.lake, deployment.cluster) == (f"s3://{name}-lake-{ACCOUNT}-eu-west-1", name)
    assert deployment.assign_public_ip == (environment == "qa")
    assert [provider.provider for provider in deployment.capacity_providers] == ["FARGATE_SPOT", "FARGATE"]

    # Also what a plan does not know yet: the ARN of the secret that RDS made for its password.
    statements = role_statements(applied_resources(state))
    assert [one for one in statements if any("*" in action for action in one.actions)] == []
    managed = {name for one in statements for name in one.resources if "secretsmanager" in name}
    assert managed == ({outputs["warehouse_secret_arn"]} if environment == "qa" else set())
    assert {one.role for one in statements if managed & {*one.resources}} == (
        {f"{name}-load-execution", f"{name}-transformation-execution"} if environment == "qa" else set()
    )

    root.destroy()
    assert root.state().get("values", {}) == {}
