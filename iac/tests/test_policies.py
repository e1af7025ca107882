"""What the plan says about access: who may do what, on what, and that nobody has a key."""

import re

import pytest
from deployments import CHOICES, variables
from mocked import planned
from policies import ANY_RESOURCE, Resource, Statement, planned_resources, role_statements, trust_statements
from terraform import ACCOUNT, copy_of_iac

_TASKS = {"Service": "ecs-tasks.amazonaws.com"}


# The secret that RDS makes has an ARN that nobody knows before it is made; test_apply.py reads this policy.
_AFTER_APPLY = frozenset(
    f'module.compute.aws_iam_role_policy.warehouse_password["{image}"]' for image in ("load", "transformation")
)
_KEYS_AND_USERS = {"aws_iam_access_key", "aws_iam_user", "aws_iam_group", "aws_iam_user_login_profile"}


@pytest.fixture(scope="module", params=CHOICES)
def resources(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Resource]:
    """What a first apply would make, with one of the choices."""
    pipeline = copy_of_iac(tmp_path_factory.mktemp("checkout")) / "modules" / "pipeline"
    return planned_resources(planned(pipeline, {"name": "paceline-prod", **variables(request.param)}, "./tests/aws"))


@pytest.fixture
def statements(resources: list[Resource]) -> list[Statement]:
    return role_statements(resources, _AFTER_APPLY)


def test_actions_are_written_out(statements: list[Statement]) -> None:
    assert {"paceline-prod-extract-strava-task", "paceline-prod-load-execution"} <= {one.role for one in statements}
    assert [one for one in statements if any("*" in action for action in one.actions)] == []


def test_any_resource_is_meant_only_where_aws_has_none_and_a_reason_is_given(statements: list[Statement]) -> None:
    assert [one for one in statements if "*" in one.resources and one.effect == "Allow" and one.sid not in ANY_RESOURCE] == []
    named = [name for one in statements for name in one.resources if name.startswith("arn:aws:")]
    assert [name for name in named if _any_name(name)] == []


def test_nothing_has_a_key_is_a_user_or_changes_permissions(resources: list[Resource], statements: list[Statement]) -> None:
    assert {resource.kind for resource in resources} & _KEYS_AND_USERS == set()
    assert [one for one in statements if one.effect == "Allow" and _administers(one)] == []


def test_roles_are_assumed_by_services_of_aws_for_this_account_alone(resources: list[Resource]) -> None:
    trusted = trust_statements(resources)
    assert "paceline-prod-load-task" in trusted
    everyone = [role for role, found in trusted.items() if any(one["Principal"].keys() != {"Service"} for one in found)]
    for_others = [role for role, found in trusted.items() if any(ACCOUNT not in str(one.get("Condition")) for one in found)]
    assert (everyone, for_others) == ([], [])


def test_nobody_is_let_in_by_address(resources: list[Resource]) -> None:
    rules = [one for one in resources if one.kind in ("aws_vpc_security_group_ingress_rule", "aws_security_group_rule")]
    assert [one.address for one in rules if one.values.get("cidr_ipv4") or one.values.get("cidr_blocks")] == []
    groups = [one for one in resources if one.kind in ("aws_security_group", "aws_default_security_group")]
    assert groups
    assert [one.address for one in groups if one.values.get("ingress") or one.values.get("egress")] == []


def test_descriptions_of_rules_have_only_what_ec2_takes(resources: list[Resource]) -> None:
    """Neither the provider nor moto checks them, and EC2 refuses an apostrophe."""
    described = {one.address: one.values.get("description") or "" for one in resources if "security_group" in one.kind}
    assert len(described) > 2
    taken = re.compile(r"[a-zA-Z0-9 ._\-:/()#,@\[\]+=&;{}!$*]{0,255}")
    assert [address for address, text in described.items() if not taken.fullmatch(text)] == []


def test_extract_may_change_its_tokens_and_no_other_secret(statements: list[Statement]) -> None:
    secrets = [one for one in statements if any(_of_secrets(action) for action in one.actions)]
    changing = [one for one in secrets if any("Put" in action for action in one.actions)]
    assert [(one.role, one.resources) for one in changing] == [
        ("paceline-prod-extract-strava-task", (f"arn:aws:ssm:eu-west-1:{ACCOUNT}:parameter/paceline-prod/strava/tokens/*",))
    ]
    assert [one for one in secrets if not all("/paceline-prod/" in name for name in one.resources)] == []


def _any_name(arn: str) -> bool:
    """Whether the resource's own name begins with a wildcard, which takes in what is not ours."""
    _, _, service, _, _, resource = arn.split(":", 5)
    kind, _, name = resource.partition("/")
    return (kind if service == "s3" else name or kind).startswith("*")


def _administers(statement: Statement) -> bool:
    return any(action.startswith(("iam:Create", "iam:Put", "iam:Attach", "iam:Update")) for action in statement.actions)


def _of_secrets(action: str) -> bool:
    return action.startswith("secretsmanager:") or "Parameter" in action
