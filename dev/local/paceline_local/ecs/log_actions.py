"""What CloudWatch Logs answers: the events of a stream, page by page."""

import re
from collections.abc import Iterable
from typing import Any

from paceline_local.ecs.members import Members
from paceline_local.ecs.refusals import refuse_parameter
from paceline_local.ecs.streams import Streams

_TOKEN = re.compile(r"([fb])/([0-9]{1,18})")
_MOST_EVENTS, _MOST_BYTES, _BYTES_OF_AN_EVENT = 10_000, 1_048_576, 26


class LogActions:
    """Reads alone: only containers write."""

    def __init__(self, streams: Streams) -> None:
        self._streams = streams
        self.by_name = {"GetLogEvents": self.get_log_events}

    def get_log_events(self, asked: Members) -> dict[str, Any]:
        """The newest events, or with `startFromHead` the oldest; then to and fro by tokens, which at an end stay the same."""
        stream = self._streams.find(_required(asked, "logGroupName"), _required(asked, "logStreamName"))
        low, high = stream.between(_time(asked, "startTime"), _time(asked, "endTime"))
        forward, position = _begin(asked, low, high)
        limit = _limit(asked)
        if forward:
            first = max(position, low)
            events = _fitting(stream.events(first, min(high, first + limit)))
            last = first + len(events)
        else:
            last = min(position, high)
            events = _fitting(reversed(stream.events(max(low, last - limit), last)))[::-1]
            first = last - len(events)
        return {
            "events": [{"timestamp": time, "message": message, "ingestionTime": time} for time, message in events],
            "nextForwardToken": f"f/{last}",
            "nextBackwardToken": f"b/{first}",
        }


def _required(asked: Members, name: str) -> str:
    value = asked.text(name)
    if not value:
        raise refuse_parameter(f"{name} should not be null or empty.")
    return value


def _time(asked: Members, name: str) -> int | None:
    milliseconds = asked.whole(name)
    if milliseconds is not None and milliseconds < 0:
        raise refuse_parameter(f"{name} should be at least 0, not {milliseconds}.")
    return milliseconds


def _limit(asked: Members) -> int:
    limit = asked.whole("limit")
    if limit is not None and not 1 <= limit <= _MOST_EVENTS:
        raise refuse_parameter(f"limit should be between 1 and {_MOST_EVENTS}, not {limit}.")
    return limit or _MOST_EVENTS


def _begin(asked: Members, low: int, high: int) -> tuple[bool, int]:
    """Whether the page goes forward, and the position from which it goes."""
    token = asked.text("nextToken")
    if token is None:
        forward = asked.flag("startFromHead", otherwise=False)
        return forward, low if forward else high
    read = _TOKEN.fullmatch(token)
    if read is None:
        raise refuse_parameter("The specified nextToken is invalid.")
    return read[1] == "f", int(read[2])


def _fitting(events: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """As many as go into one answer; the first always does."""
    taken: list[tuple[int, str]] = []
    size = 0
    for event in events:
        size += len(event[1].encode()) + _BYTES_OF_AN_EVENT
        if taken and size > _MOST_BYTES:
            break
        taken.append(event)
    return taken
