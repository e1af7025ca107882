"""The log streams: events in order of arrival, in memory for as long as the endpoint runs."""

import bisect
import threading
import time
from collections.abc import Sequence

from paceline_local.ecs.api_errors import ApiError


class Stream:
    """The events of one container. Their timestamps never decrease, even if the clock goes back."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._times: list[int] = []
        self._messages: list[str] = []

    def append(self, messages: Sequence[str]) -> None:
        now = time.time_ns() // 1_000_000
        with self._lock:
            at = max(now, self._times[-1]) if self._times else now
            self._messages.extend(messages)
            self._times.extend([at] * len(messages))

    def between(self, start: int | None, end: int | None) -> tuple[int, int]:
        """The positions of the events from `start`, inclusive, to `end`, exclusive, in milliseconds since 1970."""
        with self._lock:
            low = 0 if start is None else bisect.bisect_left(self._times, start)
            high = len(self._times) if end is None else bisect.bisect_left(self._times, end)
        return low, max(low, high)

    def events(self, first: int, last: int) -> list[tuple[int, str]]:
        with self._lock:
            return list(zip(self._times[first:last], self._messages[first:last], strict=True))


class Streams:
    """By log group and name. Both are created when a container writes there."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._groups: dict[str, dict[str, Stream]] = {}

    def open(self, group: str, name: str) -> Stream:
        with self._lock:
            return self._groups.setdefault(group, {}).setdefault(name, Stream())

    def find(self, group: str, name: str) -> Stream:
        with self._lock:
            if group not in self._groups:
                raise ApiError("ResourceNotFoundException", "The specified log group does not exist.")
            if name not in self._groups[group]:
                raise ApiError("ResourceNotFoundException", "The specified log stream does not exist.")
            return self._groups[group][name]
