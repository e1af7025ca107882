"""The running tasks: starts each, and ends them all when the endpoint stops."""

import threading
import time
from collections.abc import Mapping

from paceline_local.ecs.api_errors import ApiError
from paceline_local.ecs.overrides import Override
from paceline_local.ecs.run import Run, RunContext
from paceline_local.ecs.tasks import Task, Tasks
from paceline_local.failure import UNAVAILABLE, Failure

# How long a killed container may take to disappear, e.g. while Docker removes it.
_UNTIL_GONE = 30


class Runs:
    """Forgets a run once it has ended; its task keeps the outcome."""

    def __init__(self, context: RunContext, tasks: Tasks) -> None:
        self._context = context
        self._tasks = tasks
        self._lock = threading.Lock()
        self._runs: dict[str, Run] = {}
        self._ending = False

    def begin(self, task: Task, overrides: Mapping[str, Override]) -> None:
        """Makes the task visible before anything happens to it."""
        run = Run(task, overrides, self._context)
        with self._lock:
            if self._ending:
                raise ApiError("ServerException", "The local ECS endpoint is stopping and starts no more tasks.", status=500)
            self._runs = {task_id: other for task_id, other in self._runs.items() if not other.task.has_ended}
            self._runs[task.task_id] = run
            self._tasks.add(task)
            run.begin()

    def stop(self, task: Task, reason: str) -> None:
        with self._lock:
            run = self._runs.get(task.task_id)
        if run:
            run.stop(reason)

    def end(self, grace: float) -> None:
        """Returns when nothing runs any more. A second call shortens the grace of what still runs."""
        with self._lock:
            self._ending = True
            runs = list(self._runs.values())
        for run in runs:
            run.stop("The local ECS endpoint was stopped", grace)
        deadline = time.monotonic() + grace + _UNTIL_GONE
        left = [run.task.task_id for run in runs if not run.has_ended_within(max(0, deadline - time.monotonic()))]
        if left:
            raise Failure(
                f"Tasks did not end although they were killed: {', '.join(left)}.",
                "Kill their processes or containers by hand.",
                UNAVAILABLE,
            )
