"""The table of exit codes, one test per row."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from paceline.outcome import ContainerExit, Done, Failed, TryLater, outcome

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
COMMITTED = {
    "report": "extract",
    "commits": 1,
    "accounts": [{"account": "ann", "commits": []}, {"account": "ben", "commits": [7]}],
}
NOTHING = {"report": "extract", "commits": 0, "accounts": [{"account": "ann", "commits": []}]}


def ended(
    exit_code: int | None, report: dict[str, Any] | None = None, stop_code: str = "EssentialContainerExited", reason: str = ""
) -> ContainerExit:
    return ContainerExit("extract", exit_code, stop_code, reason, report)


def test_zero_succeeds_with_or_without_a_report() -> None:
    assert outcome(ended(0, NOTHING), NOW) == outcome(ended(0), NOW) == Done()


def test_a_spent_budget_succeeds_if_something_was_committed() -> None:
    assert outcome(ended(75, COMMITTED), NOW) == Done()


def test_a_commit_of_an_account_that_the_report_has_no_room_for_counts() -> None:
    cut = {**NOTHING, "commits": 131, "left_out": 190}
    assert outcome(ended(75, cut), NOW) == Done()


@pytest.mark.parametrize("resume_at", ["2026-11-21T12:15:00Z", "2026-11-21T13:15:00+01:00", "2026-11-21T12:15:00"])
def test_without_a_commit_it_resumes_when_the_report_says(resume_at: str) -> None:
    assert outcome(ended(75, {**NOTHING, "resume_at": resume_at}), NOW) == TryLater(NOW + timedelta(minutes=15))


@pytest.mark.parametrize("report", [None, NOTHING, {**NOTHING, "resume_at": "soon"}, {**NOTHING, "resume_at": None}])
def test_without_a_time_in_the_report_it_resumes_in_15_minutes(report: dict[str, Any] | None) -> None:
    assert outcome(ended(75, report), NOW) == TryLater(NOW + timedelta(minutes=15))


@pytest.mark.parametrize("resume_at", ["2026-11-21T11:00:00Z", "2026-11-21T12:01:00Z"], ids=["past", "when a lock could be free"])
def test_a_resume_time_in_the_past_or_in_a_minute_does_not_make_it_spin(resume_at: str) -> None:
    assert outcome(ended(75, {**NOTHING, "resume_at": resume_at}), NOW) == TryLater(NOW + timedelta(minutes=5))


@pytest.mark.parametrize("exit_code", [64, 65, 77, 78])
def test_what_a_retry_cannot_change_is_final(exit_code: int) -> None:
    assert outcome(ended(exit_code, COMMITTED), NOW) == Failed(final=True)


@pytest.mark.parametrize("exit_code", [1, 2, 69, 70, 137, 139, 143, None])
def test_everything_else_is_retried(exit_code: int | None) -> None:
    assert outcome(ended(exit_code), NOW) == Failed(final=False)


@pytest.mark.parametrize("stop_code", ["SpotInterruption", "TerminationNotice", "UserInitiated"])
@pytest.mark.parametrize("exit_code", [0, 75])
def test_a_container_that_was_stopped_from_outside_is_retried_whatever_its_exit_code(stop_code: str, exit_code: int) -> None:
    assert outcome(ended(exit_code, COMMITTED, stop_code), NOW) == Failed(final=False)


def test_an_exit_is_described_with_code_reason_and_remedy() -> None:
    error = {
        "doing": "Refreshing the token of ann",
        "what": "it was revoked",
        "remedy": "authorize the account again",
    }
    description = str(ended(77, {"report": "extract", "step": "sync", "source": "strava", "status": "refused", "error": error}))
    assert description == (
        "extract ended with exit 77, credentials were refused. extract sync strava: refused · Refreshing the token of ann:"
        " it was revoked; authorize the account again."
    )


def test_for_a_killed_container_the_reason_given_by_ecs_is_shown() -> None:
    description = str(ended(137, reason="OutOfMemoryError: Container killed due to memory usage"))
    assert "137" in description
    assert "OutOfMemoryError" in description
    assert "no report" in description


def test_for_a_container_that_did_not_start_the_reason_is_shown() -> None:
    assert str(ended(None, None, "TaskFailedToStart", "CannotPullContainerError: no such image")) == (
        "extract did not start: CannotPullContainerError: no such image."
    )


def test_a_container_that_ecs_lost_is_not_reported_as_never_started() -> None:
    assert (
        str(ended(None, None, "", "ECS no longer knows its task")) == "extract left no exit code: ECS no longer knows its task."
    )
