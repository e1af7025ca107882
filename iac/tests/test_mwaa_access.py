"""The role of Airflow's machines allows what the DAGs' operator really calls, on this deployment's things alone."""

from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
from airflow_found import found_in_airflow
from mocked import planned, statements
from orchestrator_given import NAME, ROLE_ARNS, given
from paceline_local.paths import CHECKOUT
from terraform import ACCOUNT, REGION, copy_of_iac

_ECS = f"arn:aws:ecs:{REGION}:{ACCOUNT}"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return found_in_airflow(tmp_path_factory.mktemp("airflow"))


@pytest.fixture(scope="module")
def allowed(tmp_path_factory: pytest.TempPathFactory, found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The statements of the role, in a deployment with the names that the operator was called with."""
    iac = copy_of_iac(tmp_path_factory.mktemp("mwaa"))
    deployment = found["deployment"]
    names = {
        "cluster": deployment["cluster"],
        "cluster_arn": f"{_ECS}:cluster/{deployment['cluster']}",
        "families": deployment["families"],
        "log_group_arn": f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{deployment['log_group']}",
    }
    return statements(planned(iac / "modules" / "orchestrator", given("mwaa", **names)), f"{NAME}-airflow")


def resource(call: Mapping[str, Any]) -> str:
    """The ARN that IAM looks at for a call."""
    parameters = call["parameters"]
    match call["operation"]:
        case "RunTask":
            return f"{_ECS}:task-definition/{parameters['taskDefinition']}:7"
        case "DescribeTasks" | "StopTask":
            arn = parameters.get("task") or parameters["tasks"][0]
            return f"{_ECS}:{arn.split(':')[-1]}"
        case "ListTasks":
            return "*"
        case "GetLogEvents":
            group, stream = parameters["logGroupName"], parameters["logStreamName"]
            return f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{group}:log-stream:{stream}"
    raise AssertionError(
        f"The operator calls {call['operation']}: say here which resource that is, and allow it in access_dags.tf."
    )


def allows(statement: Mapping[str, Any], action: str, arn: str) -> bool:
    return action in statement["Action"] and any(fnmatchcase(arn, each) for each in statement.get("Resource", []))


def test_every_call_of_the_operator_is_allowed(found: Mapping[str, Any], allowed: list[dict[str, Any]]) -> None:
    calls = {(f"{call['service']}:{call['operation']}", resource(call)) for call in found["calls"]}
    missing = [(action, arn) for action, arn in calls if not any(allows(each, action, arn) for each in allowed)]
    assert not missing, f"Not allowed: {missing}"


def test_what_is_allowed_for_the_dags_is_what_the_operator_calls(found: Mapping[str, Any], allowed: list[dict[str, Any]]) -> None:
    called = {f"{call['service']}:{call['operation']}" for call in found["calls"]}
    for_dags = {action for each in allowed for action in each["Action"] if action.startswith(("ecs:", "iam:"))}
    # ECS asks for it when a task starts; the operator does not call it.
    assert for_dags == {action for action in called if action.startswith("ecs:")} | {"iam:PassRole"}
    assert "logs:GetLogEvents" in called


def test_tasks_run_on_this_cluster_alone(allowed: list[dict[str, Any]]) -> None:
    for action in ("ecs:RunTask", "ecs:ListTasks"):
        [statement] = [each for each in allowed if action in each["Action"]]
        assert statement["Condition"] == {"ArnEquals": {"ecs:cluster": f"{_ECS}:cluster/test"}}


def test_exactly_the_roles_of_the_containers_are_handed_to_ecs(allowed: list[dict[str, Any]]) -> None:
    [statement] = [each for each in allowed if "iam:PassRole" in each["Action"]]
    assert sorted(statement["Resource"]) == sorted(arn for roles in ROLE_ARNS.values() for arn in roles.values())
    assert statement["Condition"] == {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}


def test_no_action_is_a_pattern(allowed: list[dict[str, Any]]) -> None:
    assert not [action for each in allowed for action in each["Action"] if "*" in action]


def test_requirements_are_what_mwaa_has_anyway() -> None:
    file = CHECKOUT / "iac" / "modules" / "orchestrator" / "mwaa" / "requirements.txt"
    pins = [line for line in file.read_text().splitlines() if line and not line.startswith("#")]
    has = (Path(CHECKOUT) / "orchestration" / "mwaa-3.2.1-python3.12.txt").read_text().splitlines()
    assert pins
    assert set(pins) <= set(has)
