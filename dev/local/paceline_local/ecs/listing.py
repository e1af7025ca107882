"""Reads a ListTasks request and picks the tasks that match it."""

from collections.abc import Sequence
from typing import Any

from paceline_local.ecs.api_errors import invalid_parameter
from paceline_local.ecs.request_fields import RequestFields
from paceline_local.ecs.tasks import Task

_DESIRED = ("RUNNING", "PENDING", "STOPPED")
_FILTERS = ("family", "launchType")
_UNSUPPORTED = ("containerInstance", "daemonName", "serviceName", "maxResults", "nextToken")


def list_tasks(fields: RequestFields, tasks: Sequence[Task]) -> dict[str, Any]:
    """All matching tasks in one response. Without a desired status, those that run or are about to start."""
    for field in _UNSUPPORTED:
        if fields.raw.get(field):
            raise invalid_parameter(f"The local ECS endpoint does not support {field}.")
    started_by = fields.text("startedBy")
    if started_by and any(fields.text(field) for field in _FILTERS):
        raise invalid_parameter("cannot specify startedBy with other arguments")
    desired = fields.text("desiredStatus") or "RUNNING"
    if desired not in _DESIRED:
        raise invalid_parameter(f"desiredStatus should be one of {', '.join(_DESIRED)}, not {desired}.")
    filters = {"started_by": started_by, "family": fields.text("family"), "launch_type": fields.text("launchType")}
    return {"taskArns": [task.arn for task in tasks if task.desired == desired and _matches(task, filters)]}


def _matches(task: Task, filters: dict[str, str | None]) -> bool:
    request = task.request
    actual = {"started_by": request.started_by, "family": request.definition.family, "launch_type": request.launch_type}
    return all(value in (None, actual[name]) for name, value in filters.items())
