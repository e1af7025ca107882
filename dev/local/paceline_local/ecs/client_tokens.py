"""A request that boto3 sends once more, because its answer was lost, starts nothing a second time."""

import json
import threading
from collections.abc import Callable

from paceline_local.ecs.members import Members
from paceline_local.ecs.refusals import Refusal
from paceline_local.ecs.tasks import Task


class ClientTokens:
    """boto3 puts a token of its own into each RunTask, and the same into each repetition."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[str, tuple[str, list[Task]]] = {}

    def once(self, asked: Members, start: Callable[[], list[Task]]) -> list[Task]:
        """The tasks of `start`, or those that an equal request with this token has started."""
        token = asked.text("clientToken")
        if token is None:
            return start()
        request = json.dumps(asked.raw, sort_keys=True)
        with self._lock:
            if token not in self._known:
                self._known[token] = (request, start())
            known, tasks = self._known[token]
        if known != request:
            raise Refusal(
                "ConflictException",
                "The clientToken is already in use with a different RunTask request.",
                members={"resourceIds": [task.arn for task in tasks]},
            )
        return tasks
