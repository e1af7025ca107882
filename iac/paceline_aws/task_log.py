"""The log of a running task in CloudWatch, from its first line on."""

from collections import deque
from typing import Any

from botocore.exceptions import ClientError

# Enough to include the report, even if a JVM prints a lot after it.
_KEPT = 50


class TaskLog:
    """Reads what is new with each call. As CloudWatch says, only a repeated token is the end, and not an empty page."""

    def __init__(self, logs: Any, group: str, stream: str) -> None:
        self._logs = logs
        self._names = {"logGroupName": group, "logStreamName": stream}
        self._token: str | None = None
        self.last: deque[str] = deque(maxlen=_KEPT)
        """The last lines that were read."""

    def new_lines(self) -> list[str]:
        """Empty while the container has not written anything: its stream does not exist yet."""
        lines: list[str] = []
        while True:
            token = {"nextToken": self._token} if self._token else {}
            try:
                page = self._logs.get_log_events(**self._names, startFromHead=True, **token)
            except ClientError as error:
                if error.response["Error"]["Code"] == "ResourceNotFoundException":
                    return lines
                raise
            lines += [event["message"] for event in page["events"]]
            self.last.extend(event["message"] for event in page["events"])
            if page["nextForwardToken"] == self._token:
                return lines
            self._token = page["nextForwardToken"]
