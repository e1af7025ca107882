"""What the plan says about access: who may do what, on what, and that nobody has a key."""

from pathlib import Path
from typing import Any

import pytest
from deployments import CHOICES, variables
from policies import ANY_RESOURCE, Statement, resources, role_statements, trust_statements
from terraform import ACCOUNT, Terraform

_TASKS = {"Service": "ecs-tasks.amazonaws.com"}


@pytest.fixture(params=CHOICES)
def planned(request: pytest.FixtureRequest, iac: Path, moto: str) -> dict[str, Any]:
    """The plan of a first apply of prod, with one of the choices."""
    return Terraform.on_moto(iac / "environments/prod", moto, **variables(request.param)).init().plan()


def test_what_runs_may_do_only_what_is_written_out(planned: dict[str, Any]) -> None:
    values = planned["planned_values"]
    statements = role_statements(values)
    assert {"paceline-prod-extract-strava-task", "paceline-prod-load-execution"} <= {statement.role for statement in statements}
    assert [statement for statement in statements if any("*" in action for action in statement.actions)] == []
    unexplained = [one for one in statements if "*" in one.resources and one.effect == "Allow" and one.sid not in ANY_RESOURCE]
    assert unexplained == []
    every_name = [name for one in statements for name in one.resources if name.startswith("arn:aws:") and _any_name(name)]
    assert every_name == [], "a resource that begins with a wildcard is that of others as well"
    kinds = {resource["type"] for resource in resources(values)}
    assert kinds & {"aws_iam_access_key", "aws_iam_user", "aws_iam_group", "aws_iam_user_login_profile"} == set()
    assert [one for one in statements if one.effect == "Allow" and _administers(one)] == []
    for role, trusted in trust_statements(values).items():
        for statement in trusted:
            assert statement["Principal"].keys() == {"Service"}, f"{role} can be assumed by more than a service of AWS"
            assert _only_this_account(statement), f"{role} can be assumed for another account"
    for resource in resources(values):
        if resource["type"] in ("aws_security_group_rule", "aws_vpc_security_group_ingress_rule"):
            assert resource["values"].get("cidr_ipv4") is None, f"{resource['address']} lets addresses in, not a group"
        if resource["type"] in ("aws_security_group", "aws_default_security_group"):
            assert not resource["values"].get("ingress"), f"{resource['address']} has a rule of its own"


def test_extract_may_change_its_tokens_and_no_other_secret(planned: dict[str, Any]) -> None:
    secrets = [one for one in role_statements(planned["planned_values"]) if any(_of_secrets(action) for action in one.actions)]
    changing = [one for one in secrets if any("Put" in action for action in one.actions)]
    assert [(one.role, one.resources) for one in changing] == [
        ("paceline-prod-extract-strava-task", (f"arn:aws:ssm:eu-west-1:{ACCOUNT}:parameter/paceline-prod/strava/tokens/*",))
    ]
    for one in secrets:
        assert all("/paceline-prod/" in name or ":secret:rds!" in name for name in one.resources), one


def _any_name(arn: str) -> bool:
    """Whether the resource's own part begins with a wildcard; AWS names MWAA's queues."""
    name = arn.split(":", 5)[5]
    return name.startswith("*") or name.split("/", 1)[-1].startswith("*")


def _administers(statement: Statement) -> bool:
    return any(action.startswith(("iam:Create", "iam:Put", "iam:Attach", "iam:Update")) for action in statement.actions)


def _of_secrets(action: str) -> bool:
    return action.startswith("secretsmanager:") or "Parameter" in action


def _only_this_account(statement: dict[str, Any]) -> bool:
    """Services that act for anybody say for which account they do (the confused deputy)."""
    condition = statement.get("Condition", {})
    return ACCOUNT in str(condition)
