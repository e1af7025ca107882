"""Reads a ListTasks and picks what it asks for, page by page."""

from collections.abc import Sequence
from typing import Any

from paceline_local.ecs.members import Members
from paceline_local.ecs.refusals import refuse_parameter
from paceline_local.ecs.tasks import Task

_DESIRED = ("RUNNING", "PENDING", "STOPPED")
_FILTERS = ("family", "launchType")
_NOT_SERVED = ("containerInstance", "daemonName", "serviceName")
_MOST = 100


def listed(asked: Members, tasks: Sequence[Task]) -> dict[str, Any]:
    """What runs, where no status is asked for; a task that has yet to start is to run as well."""
    for member in _NOT_SERVED:
        if asked.text(member):
            raise refuse_parameter(f"The local ECS endpoint does not serve {member}: it starts tasks and nothing else.")
    started_by = asked.text("startedBy")
    if started_by and any(asked.text(member) for member in _FILTERS):
        raise refuse_parameter("cannot specify startedBy with other arguments")
    desired = asked.text("desiredStatus") or "RUNNING"
    if desired not in _DESIRED:
        raise refuse_parameter(f"desiredStatus should be one of {', '.join(_DESIRED)}, not {desired}.")
    wanted = {"started_by": started_by, "family": asked.text("family"), "launch_type": asked.text("launchType")}
    found = [task for task in _after(asked, tasks) if task.desired == desired and _matches(task, wanted)]
    page = found[: _page_size(asked)]
    more = {"nextToken": page[-1].task_id} if len(page) < len(found) else {}
    return {"taskArns": [task.arn for task in page], **more}


def _matches(task: Task, wanted: dict[str, str | None]) -> bool:
    asked = task.asked
    has = {"started_by": asked.started_by, "family": asked.definition.family, "launch_type": asked.launch_type}
    return all(value in (None, has[name]) for name, value in wanted.items())


def _after(asked: Members, tasks: Sequence[Task]) -> Sequence[Task]:
    """A page begins behind the task that its token names, so a task that ends between two pages moves nothing."""
    token = asked.text("nextToken")
    if token is None:
        return tasks
    ids = [task.task_id for task in tasks]
    if token not in ids:
        raise refuse_parameter("Invalid token.")
    return tasks[ids.index(token) + 1 :]


def _page_size(asked: Members) -> int:
    size = asked.whole("maxResults")
    if size is not None and not 1 <= size <= _MOST:
        raise refuse_parameter(f"maxResults should be between 1 and {_MOST}, not {size}.")
    return size or _MOST
