"""Reads a RunTask request and refuses what ECS would refuse."""

from dataclasses import dataclass
from typing import Any

from paceline_local.ecs.api_errors import invalid_parameter
from paceline_local.ecs.arns import cluster_name
from paceline_local.ecs.definitions import TaskDefinition
from paceline_local.ecs.request_fields import RequestFields

_LAUNCH_TYPES = ("EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES")
_MAX_STARTED_BY, _MAX_TASKS = 128, 10
_UNSUPPORTED = ("enableExecuteCommand", "volumeConfigurations", "propagateTags")


@dataclass(frozen=True)
class TaskRequest:
    """What a RunTask request says about each of its tasks."""

    cluster: str
    definition: TaskDefinition
    overrides: RequestFields
    group: str
    started_by: str | None
    launch_type: str
    capacity_provider: str | None
    tags: list[dict[str, Any]]


def task_request(fields: RequestFields, definition: TaskDefinition) -> TaskRequest:
    for field in _UNSUPPORTED:
        if fields.raw.get(field):
            raise invalid_parameter(f"The local ECS endpoint does not support {field}.")
    _check_network(fields, definition)
    launch_type, capacity_provider = _capacity(fields)
    return TaskRequest(
        cluster=cluster_name(fields.text("cluster")),
        definition=definition,
        overrides=fields.object("overrides"),
        group=fields.text("group") or f"family:{definition.family}",
        started_by=_started_by(fields),
        launch_type=launch_type,
        capacity_provider=capacity_provider,
        tags=[tag.raw for tag in fields.objects("tags")],
    )


def task_count(fields: RequestFields) -> int:
    count = fields.integer("count")
    if count is not None and not 1 <= count <= _MAX_TASKS:
        raise invalid_parameter(f"count should be between 1 and {_MAX_TASKS}, not {count}.")
    return count or 1


def _check_network(fields: RequestFields, definition: TaskDefinition) -> None:
    network = fields.object("networkConfiguration")
    if definition.network_mode != "awsvpc":
        if network.raw:
            raise invalid_parameter("Network Configuration is not valid for the given networkMode of this task definition.")
    elif not network.raw:
        raise invalid_parameter("Network Configuration must be provided when networkMode 'awsvpc' is specified.")
    elif not network.object("awsvpcConfiguration").texts("subnets"):
        raise invalid_parameter("subnets can not be empty.")


def _capacity(fields: RequestFields) -> tuple[str, str | None]:
    """The launch type, and the first capacity provider of a strategy, if any: there is only one machine."""
    launch_type, strategy = fields.text("launchType"), fields.objects("capacityProviderStrategy")
    if launch_type and strategy:
        raise invalid_parameter(
            "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again."
        )
    if launch_type and launch_type not in _LAUNCH_TYPES:
        raise invalid_parameter(f"launchType should be one of {', '.join(_LAUNCH_TYPES)}, not {launch_type}.")
    provider = strategy[0].text("capacityProvider") if strategy else None
    if strategy and not provider:
        raise invalid_parameter("capacityProvider should not be null or empty.")
    return launch_type or ("FARGATE" if provider and provider.startswith("FARGATE") else "EC2"), provider


def _started_by(fields: RequestFields) -> str | None:
    started_by = fields.text("startedBy")
    if started_by and len(started_by) > _MAX_STARTED_BY:
        raise invalid_parameter(f"startedBy longer than {_MAX_STARTED_BY}.")
    return started_by
