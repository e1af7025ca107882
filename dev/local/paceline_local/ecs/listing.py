"""Reads a ListTasks request and picks the tasks that match it."""

from collections.abc import Sequence
from typing import Any

from paceline_local.ecs.members import Members
from paceline_local.ecs.refusals import refuse_parameter
from paceline_local.ecs.tasks import Task

_DESIRED = ("RUNNING", "PENDING", "STOPPED")
_FILTERS = ("family", "launchType")
_NOT_SERVED = ("containerInstance", "daemonName", "serviceName", "maxResults", "nextToken")


def listed(asked: Members, tasks: Sequence[Task]) -> dict[str, Any]:
    """All matching tasks in one answer. Without a desired status, those that run or are about to start."""
    for member in _NOT_SERVED:
        if asked.raw.get(member):
            raise refuse_parameter(f"The local ECS endpoint does not serve {member}.")
    started_by = asked.text("startedBy")
    if started_by and any(asked.text(member) for member in _FILTERS):
        raise refuse_parameter("cannot specify startedBy with other arguments")
    desired = asked.text("desiredStatus") or "RUNNING"
    if desired not in _DESIRED:
        raise refuse_parameter(f"desiredStatus should be one of {', '.join(_DESIRED)}, not {desired}.")
    wanted = {"started_by": started_by, "family": asked.text("family"), "launch_type": asked.text("launchType")}
    return {"taskArns": [task.arn for task in tasks if task.desired == desired and _matches(task, wanted)]}


def _matches(task: Task, wanted: dict[str, str | None]) -> bool:
    asked = task.asked
    has = {"started_by": asked.started_by, "family": asked.definition.family, "launch_type": asked.launch_type}
    return all(value in (None, has[name]) for name, value in wanted.items())
