"""The CloudWatch Logs action GetLogEvents: the events of a stream, page by page."""

import re
from collections.abc import Iterable
from typing import Any

from paceline_local.ecs.api_errors import invalid_parameter
from paceline_local.ecs.request_fields import RequestFields
from paceline_local.ecs.streams import Streams

_TOKEN = re.compile(r"([fb])/([0-9]{1,18})(?:/([0-9]{1,3}))?")
_MAX_EVENTS, _MAX_BYTES, _OVERHEAD_PER_EVENT = 10_000, 1_048_576, 26


class LogActions:
    """Only reads: containers write the events.

    AWS may answer with empty pages although there are more events, and even with an empty newest page. With `empty_pages` there
    are as many at the beginning of every read, and again after each page with events.
    """

    def __init__(self, streams: Streams, empty_pages: int = 0) -> None:
        self._streams = streams
        self._empty_pages = empty_pages
        self.by_name = {"GetLogEvents": self.get_log_events}

    def get_log_events(self, fields: RequestFields) -> dict[str, Any]:
        """The newest events, or the oldest with `startFromHead`. Tokens page back and forth and stay the same at either end."""
        stream = self._streams.find(_required(fields, "logGroupName"), _required(fields, "logStreamName"))
        low, high = stream.between(_time(fields, "startTime"), _time(fields, "endTime"))
        forward, position, seen = _start(fields, low, high)
        limit = _limit(fields)
        if seen < self._empty_pages:
            return _page([], position, position, seen + 1)
        if forward:
            first = max(position, low)
            events = _fitting(stream.events(first, min(high, first + limit)))
            last = first + len(events)
        else:
            last = min(position, high)
            events = _fitting(reversed(stream.events(max(low, last - limit), last)))[::-1]
            first = last - len(events)
        return _page(events, first, last, 0 if events else seen)


def _page(events: list[tuple[int, str]], first: int, last: int, empty_pages_seen: int) -> dict[str, Any]:
    suffix = f"/{empty_pages_seen}" if empty_pages_seen else ""
    return {
        "events": [{"timestamp": time, "message": message, "ingestionTime": time} for time, message in events],
        "nextForwardToken": f"f/{last}{suffix}",
        "nextBackwardToken": f"b/{first}{suffix}",
    }


def _required(fields: RequestFields, name: str) -> str:
    value = fields.text(name)
    if not value:
        raise invalid_parameter(f"{name} should not be null or empty.")
    return value


def _time(fields: RequestFields, name: str) -> int | None:
    milliseconds = fields.integer(name)
    if milliseconds is not None and milliseconds < 0:
        raise invalid_parameter(f"{name} should be at least 0, not {milliseconds}.")
    return milliseconds


def _limit(fields: RequestFields) -> int:
    limit = fields.integer("limit")
    if limit is not None and not 1 <= limit <= _MAX_EVENTS:
        raise invalid_parameter(f"limit should be between 1 and {_MAX_EVENTS}, not {limit}.")
    return limit or _MAX_EVENTS


def _start(fields: RequestFields, low: int, high: int) -> tuple[bool, int, int]:
    """Whether to read forward, from which position, and how many empty pages there were since the last event."""
    token = fields.text("nextToken")
    if token is None:
        forward = fields.boolean("startFromHead", default=False)
        return forward, low if forward else high, 0
    read = _TOKEN.fullmatch(token)
    if read is None:
        raise invalid_parameter("The specified nextToken is invalid.")
    return read[1] == "f", int(read[2]), int(read[3] or 0)


def _fitting(events: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """As many as fit into one response; the first always does."""
    taken: list[tuple[int, str]] = []
    size = 0
    for event in events:
        size += len(event[1].encode()) + _OVERHEAD_PER_EVENT
        if taken and size > _MAX_BYTES:
            break
        taken.append(event)
    return taken
