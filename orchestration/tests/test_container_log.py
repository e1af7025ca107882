"""The log of a container whose pages are empty before and after those with lines, as CloudWatch's may be."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from airflow.providers.amazon.aws.hooks.ecs import EcsHook
from airflow.sdk.exceptions import AirflowException, AirflowFailException
from harness import context, report
from paceline.container_log import ContainerLog
from paceline.task import PacelineTaskOperator
from paceline_local.ecs.endpoint import Endpoint

NewTask = Callable[..., PacelineTaskOperator]
# One more than those at which Airflow's own reader gives up.
EMPTY = 4

pytestmark = pytest.mark.usefixtures("ecs")


@pytest.mark.parametrize("empty_pages", [EMPTY])
def test_a_stage_that_ended_well_is_green_and_its_whole_log_is_shown(
    new_task: NewTask, capfd: pytest.CaptureFixture[str], empty_pages: int
) -> None:
    found = new_task(f"echo reading; echo '{report(status='done')}'", needs_report=True).execute(context())
    assert found == json.loads(report(status="done"))
    assert "] reading" in capfd.readouterr().out


@pytest.mark.parametrize("empty_pages", [EMPTY])
def test_a_commit_is_seen_and_refused_credentials_keep_their_sentence(new_task: NewTask, empty_pages: int) -> None:
    committed = report(status="try_again", commits=1)
    assert new_task(f"echo '{committed}'; exit 75").execute(context()) == json.loads(committed)
    error = {"doing": "Refreshing the token of ann", "what": "it was revoked", "remedy": "authorize ann again"}
    with pytest.raises(AirflowFailException, match="Refreshing the token of ann: it was revoked; authorize ann again"):
        new_task(f"echo '{report(error=error)}'; exit 77").execute(context())


class Pages:
    """A CloudWatch client with prepared responses, by token; None is the newest page."""

    class exceptions:  # noqa: N801 boto3's name
        ResourceNotFoundException = KeyError

    def __init__(self, pages: dict[str | None, dict[str, Any]]) -> None:
        self._pages = pages

    def get_log_events(self, *, nextToken: str | None = None, **_: Any) -> dict[str, Any]:  # noqa: N803 boto3's name
        return self._pages[nextToken]


def page(lines: str, forward: str, backward: str) -> dict[str, Any]:
    events = [{"timestamp": 1, "message": line} for line in lines]
    return {"events": events, "nextForwardToken": forward, "nextBackwardToken": backward}


# The stream is "abcdef"; the newest page is empty, and lies before the last line.
STREAM = {
    None: page("", "f1", "b1"),
    "f1": page("", "f2", "b1"),
    "f2": page("f", "f3", "b1"),
    "f3": page("", "f3", "b1"),
    "b1": page("de", "f1", "b2"),
    "b2": page("", "f1", "b3"),
    "b3": page("abc", "f1", "b4"),
    "b4": page("", "f1", "b4"),
}


def reader(monkeypatch: pytest.MonkeyPatch, pages: dict[str | None, dict[str, Any]]) -> ContainerLog:
    log = PacelineTaskOperator(
        task_id="extract", image="extract", definition="extract-strava", command=[]
    )._get_task_log_fetcher()
    monkeypatch.setattr(log, "hook", type("Hook", (), {"conn": Pages(pages)})())
    return log


@pytest.mark.parametrize("number", range(1, 8))
def test_the_last_lines_are_found_on_either_side_of_an_empty_newest_page(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    assert reader(monkeypatch, STREAM).get_last_log_messages(number) == list("abcdef")[-number:]


def test_a_page_without_any_member_is_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    log = reader(monkeypatch, {None: {}})
    assert log.get_last_log_messages(5) == []
    assert list(log._get_log_events()) == []


@pytest.mark.parametrize(
    ("description", "message"),
    [
        (
            {"stopCode": "TaskFailedToStart", "stoppedReason": "Timeout waiting for a host"},
            "did not start: Timeout waiting for a",
        ),
        ({"stoppedReason": "Capacity is unavailable", "containers": [{}]}, "left no exit code: Capacity is unavailable"),
        ({}, "left no exit code: ECS gives no reason"),
        (None, "ECS no longer knows its task"),
    ],
)
def test_a_task_description_may_lack_any_member(
    new_task: NewTask, ecs: Endpoint, monkeypatch: pytest.MonkeyPatch, description: dict[str, Any] | None, message: str
) -> None:
    task = new_task("true")
    task.arn = "arn:aws:ecs:eu-west-1:000000000000:task/test/1"
    response = {} if description is None else {"tasks": [description]}
    monkeypatch.setattr(EcsHook, "conn", type("Ecs", (), {"describe_tasks": lambda *_args, **_names: response})())
    with pytest.raises(AirflowException, match=message) as raised:
        task._check_success_task()
    assert not isinstance(raised.value, AirflowFailException)
