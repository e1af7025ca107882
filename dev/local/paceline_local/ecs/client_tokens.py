"""Idempotent RunTask: a request that boto3 repeats because the response was lost does not start its tasks again."""

import json
import threading
from collections.abc import Callable

from paceline_local.ecs.api_errors import ApiError
from paceline_local.ecs.request_fields import RequestFields
from paceline_local.ecs.tasks import Task


class ClientTokens:
    """boto3 puts a unique token into each RunTask request, and repeats that token when it retries."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[str, tuple[str, list[Task]]] = {}

    def once(self, fields: RequestFields, start: Callable[[], list[Task]]) -> list[Task]:
        """The tasks that `start` returns, or those that an equal request with the same token started before."""
        token = fields.text("clientToken")
        if token is None:
            return start()
        request = json.dumps(fields.raw, sort_keys=True)
        with self._lock:
            if token not in self._known:
                self._known[token] = (request, start())
            known, tasks = self._known[token]
        if known != request:
            raise ApiError(
                "ConflictException",
                "The clientToken is already in use with a different RunTask request.",
                fields={"resourceIds": [task.arn for task in tasks]},
            )
        return tasks
