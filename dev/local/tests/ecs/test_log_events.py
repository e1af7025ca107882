"""GetLogEvents: paging back and forth through a stream, as Airflow's log fetcher does."""

from typing import Any

import pytest
from paceline_local.ecs import streams as streams_module
from paceline_local.ecs.api_errors import ApiError
from paceline_local.ecs.log_actions import LogActions
from paceline_local.ecs.request_fields import RequestFields
from paceline_local.ecs.streams import Stream, Streams

from .shapes import check, operation

NAMES = {"logGroupName": "group", "logStreamName": "stream"}


class Clock:
    """Milliseconds since 1970, as the test sets them."""

    now = 1000

    def time_ns(self) -> int:
        return self.now * 1_000_000


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(streams_module, "time", clock)
    return clock


@pytest.fixture
def logs() -> Streams:
    return Streams()


@pytest.fixture
def stream(logs: Streams) -> Stream:
    return logs.open("group", "stream")


def get(logs: Streams, *, empty_pages: int = 0, **fields: Any) -> dict[str, Any]:
    response = LogActions(logs, empty_pages).get_log_events(RequestFields({**NAMES, **fields}))
    check(operation("logs", "GetLogEvents").output_shape, response, "GetLogEvents")
    return response


def messages(response: dict[str, Any]) -> list[str]:
    return [event["message"] for event in response["events"]]


def test_an_unknown_stream_is_not_found(logs: Streams, stream: Stream) -> None:
    for names, message in (
        ({"logGroupName": "other"}, "The specified log group does not exist."),
        ({"logStreamName": "other"}, "The specified log stream does not exist."),
    ):
        with pytest.raises(ApiError, match=message) as refused:
            get(logs, **names)
        assert refused.value.code == "ResourceNotFoundException"


def test_the_newest_events_are_returned_or_the_oldest_with_start_from_head(logs: Streams, stream: Stream) -> None:
    stream.append(list("abcde"))
    assert messages(get(logs, limit=2)) == ["d", "e"]
    assert messages(get(logs, limit=2, startFromHead=True)) == ["a", "b"]
    assert messages(get(logs)) == messages(get(logs, startFromHead=True)) == list("abcde")


def test_a_stream_is_read_forward_to_its_end_where_the_token_stays_the_same(logs: Streams, stream: Stream) -> None:
    stream.append(list("abcde"))
    pages, token = [], {}
    while True:
        response = get(logs, limit=2, startFromHead=True, **token)
        pages.append(messages(response))
        if token.get("nextToken") == response["nextForwardToken"]:
            break
        token = {"nextToken": response["nextForwardToken"]}
    assert pages == [["a", "b"], ["c", "d"], ["e"], []]
    stream.append(["f"])
    assert messages(get(logs, **token)) == ["f"]


def test_a_stream_is_read_backward_to_its_beginning_where_the_token_stays_the_same(logs: Streams, stream: Stream) -> None:
    stream.append(list("abcde"))
    pages = [get(logs, limit=2)]
    while messages(pages[-1]):
        pages.append(get(logs, limit=2, nextToken=pages[-1]["nextBackwardToken"]))
    assert [messages(page) for page in pages] == [["d", "e"], ["b", "c"], ["a"], []]
    assert pages[-1]["nextBackwardToken"] == pages[-2]["nextBackwardToken"]
    assert messages(get(logs, limit=9, nextToken=pages[-1]["nextForwardToken"])) == list("abcde")


def test_a_stream_without_events_has_tokens_that_stay_the_same(logs: Streams, stream: Stream) -> None:
    first = get(logs, startFromHead=True)
    again = get(logs, startFromHead=True, nextToken=first["nextForwardToken"])
    assert (first["events"], again) == ([], first)


@pytest.mark.parametrize(("start_from_head", "token"), [(True, "nextForwardToken"), (False, "nextBackwardToken")])
def test_empty_pages_come_before_every_page_with_events_and_the_token_shows_the_end(
    logs: Streams, stream: Stream, start_from_head: bool, token: str
) -> None:
    stream.append(list("abc"))
    pages, following = [], {}
    while True:
        response = get(logs, empty_pages=4, limit=2, startFromHead=start_from_head, **following)
        pages.append("".join(messages(response)))
        if following.get("nextToken") == response[token]:
            break
        following = {"nextToken": response[token]}
    with_events = ["ab", "c"] if start_from_head else ["bc", "a"]
    assert pages == [*[""] * 4, with_events[0], *[""] * 4, with_events[1], *[""] * 5]


def test_start_and_end_time_limit_what_is_read(logs: Streams, stream: Stream, clock: Clock) -> None:
    for clock.now in (1000, 2000, 3000):
        stream.append([f"at {clock.now}", f"also at {clock.now}"])
    assert messages(get(logs, startTime=2000, endTime=3000, startFromHead=True)) == ["at 2000", "also at 2000"]
    assert messages(get(logs, startTime=2001)) == ["at 3000", "also at 3000"]
    assert messages(get(logs, endTime=1000)) == []
    page = get(logs, startTime=2000, startFromHead=True, limit=1)
    assert messages(get(logs, startTime=2000, limit=9, nextToken=page["nextForwardToken"])) == [
        "also at 2000",
        "at 3000",
        "also at 3000",
    ]
    assert messages(get(logs, startTime=3000, endTime=2000)) == []
    assert [event["timestamp"] for event in get(logs)["events"]] == [1000, 1000, 2000, 2000, 3000, 3000]


def test_timestamps_never_decrease(logs: Streams, stream: Stream, clock: Clock) -> None:
    for clock.now in (2000, 1000):
        stream.append(["x"])
    assert [event["timestamp"] for event in get(logs)["events"]] == [2000, 2000]


def test_a_response_holds_a_megabyte_and_at_least_one_event(logs: Streams, stream: Stream) -> None:
    stream.append(["x" * 200_000] * 7)
    first = get(logs, startFromHead=True)
    assert len(first["events"]) == 5
    assert len(get(logs, nextToken=first["nextForwardToken"])["events"]) == 2
    assert len(get(logs)["events"]) == 5
    alone = logs.open("group", "long")
    alone.append(["x" * 2_000_000, "y"])
    assert len(get(logs, logStreamName="long", startFromHead=True)["events"]) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"nextToken": "x"},
        {"nextToken": "f/-1"},
        {"limit": 0},
        {"limit": 10_001},
        {"startTime": -1},
        {"endTime": -1},
        {"logGroupName": None},
        {"logStreamName": ""},
    ],
)
def test_an_invalid_request_is_refused(logs: Streams, stream: Stream, wrong: dict[str, Any]) -> None:
    with pytest.raises(ApiError) as refused:
        get(logs, **wrong)
    assert refused.value.code == "InvalidParameterException"
