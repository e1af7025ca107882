"""Reads a RunTask and refuses what ECS would refuse."""

from dataclasses import dataclass
from typing import Any

from paceline_local.ecs.arns import cluster_name
from paceline_local.ecs.definitions import TaskDefinition
from paceline_local.ecs.members import Members
from paceline_local.ecs.refusals import refuse_parameter

_LAUNCH_TYPES = ("EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES")
_LONGEST_STARTED_BY, _MOST_TASKS = 128, 10
_NOT_SERVED = ("enableExecuteCommand", "volumeConfigurations", "propagateTags")


@dataclass(frozen=True)
class TaskRequest:
    """What a RunTask says of each of its tasks."""

    cluster: str
    definition: TaskDefinition
    overrides: Members
    group: str
    started_by: str | None
    launch_type: str
    capacity_provider: str | None
    tags: list[dict[str, Any]]


def task_request(asked: Members, definition: TaskDefinition) -> TaskRequest:
    for member in _NOT_SERVED:
        if asked.raw.get(member):
            raise refuse_parameter(f"The local ECS endpoint does not serve {member}.")
    _check_network(asked, definition)
    launch_type, capacity_provider = _capacity(asked)
    return TaskRequest(
        cluster=cluster_name(asked.text("cluster")),
        definition=definition,
        overrides=asked.object("overrides"),
        group=asked.text("group") or f"family:{definition.family}",
        started_by=_started_by(asked),
        launch_type=launch_type,
        capacity_provider=capacity_provider,
        tags=[tag.raw for tag in asked.objects("tags")],
    )


def task_count(asked: Members) -> int:
    count = asked.whole("count")
    if count is not None and not 1 <= count <= _MOST_TASKS:
        raise refuse_parameter(f"count should be between 1 and {_MOST_TASKS}, not {count}.")
    return count or 1


def _check_network(asked: Members, definition: TaskDefinition) -> None:
    network = asked.object("networkConfiguration")
    if definition.network_mode != "awsvpc":
        if network.raw:
            raise refuse_parameter("Network Configuration is not valid for the given networkMode of this task definition.")
    elif not network.raw:
        raise refuse_parameter("Network Configuration must be provided when networkMode 'awsvpc' is specified.")
    elif not network.object("awsvpcConfiguration").texts("subnets"):
        raise refuse_parameter("subnets can not be empty.")


def _capacity(asked: Members) -> tuple[str, str | None]:
    """The launch type, and the capacity provider where one was asked for: the first of a strategy, for there is one machine."""
    launch_type, strategy = asked.text("launchType"), asked.objects("capacityProviderStrategy")
    if launch_type and strategy:
        raise refuse_parameter(
            "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again."
        )
    if launch_type and launch_type not in _LAUNCH_TYPES:
        raise refuse_parameter(f"launchType should be one of {', '.join(_LAUNCH_TYPES)}, not {launch_type}.")
    provider = strategy[0].text("capacityProvider") if strategy else None
    if strategy and not provider:
        raise refuse_parameter("capacityProvider should not be null or empty.")
    return launch_type or ("FARGATE" if provider and provider.startswith("FARGATE") else "EC2"), provider


def _started_by(asked: Members) -> str | None:
    started_by = asked.text("startedBy")
    if started_by and len(started_by) > _LONGEST_STARTED_BY:
        raise refuse_parameter(f"startedBy longer than {_LONGEST_STARTED_BY}.")
    return started_by
