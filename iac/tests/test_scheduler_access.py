"""The roles of the chain: the schedule may start it, and it may run exactly its own containers."""

from pathlib import Path
from typing import Any

import pytest
from mocked import planned, statements
from orchestrator_given import DEFINITIONS, LOG_GROUP_ARN, NAME, ROLE_ARNS, given
from terraform import ACCOUNT, REGION, copy_of_iac

_HERE = f"{REGION}:{ACCOUNT}"
_CHAIN = f"arn:aws:states:{_HERE}:stateMachine:{NAME}-strava-daily"


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """With a role more than the chain's steps have."""
    iac: Path = copy_of_iac(tmp_path_factory.mktemp("scheduler"))
    families = {**{name: f"{NAME}-{name}" for name in DEFINITIONS}, "extract-strava-club": f"{NAME}-extract-strava-club"}
    return planned(iac / "modules" / "orchestrator", given("scheduler", families=families))


def by_sid(plan: dict[str, Any], role: str) -> dict[str, Any]:
    return {each["Sid"]: each for each in statements(plan, f"{NAME}-{role}")}


def test_the_schedule_may_only_start_the_chain(plan: dict[str, Any]) -> None:
    assert {sid: (each["Action"], each["Resource"]) for sid, each in by_sid(plan, "schedule").items()} == {
        "StartChain": (["states:StartExecution"], [_CHAIN]),
    }


def test_the_chain_may_do_what_run_task_sync_does_with_its_own_steps(plan: dict[str, Any]) -> None:
    allowed = by_sid(plan, "chain")
    assert allowed.keys() == {"RunContainers", "FollowContainers", "HearOfContainers", "PassRolesToContainers", "DeliverLogs"}
    assert allowed["RunContainers"]["Resource"] == [
        f"arn:aws:ecs:{_HERE}:task-definition/{NAME}-{name}:*" for name in DEFINITIONS
    ]
    assert allowed["RunContainers"]["Condition"] == {"ArnEquals": {"ecs:cluster": f"arn:aws:ecs:{_HERE}:cluster/{NAME}"}}
    assert allowed["FollowContainers"]["Resource"] == [f"arn:aws:ecs:{_HERE}:task/{NAME}/*"]
    assert allowed["HearOfContainers"]["Resource"] == [f"arn:aws:events:{_HERE}:rule/StepFunctionsGetEventsForECSTaskRule"]
    passed = allowed["PassRolesToContainers"]
    assert sorted(passed["Resource"]) == sorted(arn for roles in ROLE_ARNS.values() for arn in roles.values())
    assert passed["Condition"] == {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}


def test_failed_executions_are_in_the_log_of_the_containers(plan: dict[str, Any]) -> None:
    [chain] = [each["change"]["after"] for each in plan["resource_changes"] if each["type"] == "aws_sfn_state_machine"]
    [logging] = chain["logging_configuration"]
    assert (logging["log_destination"], logging["level"]) == (f"{LOG_GROUP_ARN}:*", "ERROR")
