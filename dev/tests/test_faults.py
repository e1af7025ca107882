"""Whatever the API returns, a run ends with an error and an exit code, loses nothing, and the next run continues."""

import base64
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from athletes import NO_VERIFICATION, Athlete
from calls import DETAIL, LISTING, STREAMS, TOO_MANY, calls, forget_calls
from snapshots import assert_complete, rejects, written

UNUSABLE, UNAVAILABLE, TRY_AGAIN, REFUSED = 65, 69, 75, 77
# What a first import lists before it reads records one by one.
LISTINGS = 6
GATEWAY_ERROR_PAGE = {"status": 502, "body": "<html><body>Bad\nGateway</body></html>", "contentType": "text/html"}


@pytest.fixture
def newcomer(newcomer: Athlete) -> Iterator[Athlete]:
    yield newcomer
    clear_faults(newcomer)


@pytest.fixture
def imported(imported: Athlete) -> Iterator[Athlete]:
    yield imported
    clear_faults(imported)


def inject_fault(athlete: Athlete, kind: str, **fields: Any) -> None:
    athlete.control("POST", "faults", {"kind": kind, **fields})


def clear_faults(athlete: Athlete) -> None:
    athlete.control("DELETE", "faults")
    athlete.control("PUT", "clock-skew", {"seconds": 0})


def assert_athlete_complete(athlete: Athlete) -> None:
    assert_complete(athlete.stack, athlete.account)


def test_a_429_ends_the_run_with_that_call_and_the_next_run_continues(newcomer: Athlete) -> None:
    forget_calls(newcomer.stack)
    inject_fault(newcomer, "status", status=429, endpoint=DETAIL, after=5)
    interrupted = newcomer.extract()
    assert interrupted.exit_code == TRY_AGAIN, interrupted.log.read_text()
    assert interrupted.report["resume_at"].endswith(":15:00Z")
    assert calls(newcomer.stack, TOO_MANY) == {DETAIL: 1}
    assert len(newcomer.lake()["activity_details"]) == 5
    clear_faults(newcomer)
    assert LISTING not in newcomer.run()
    assert_athlete_complete(newcomer)


def test_a_429_with_a_short_retry_after_is_waited_for(newcomer: Athlete) -> None:
    inject_fault(newcomer, "status", status=429, headers={"Retry-After": "1"}, endpoint=DETAIL, times=1)
    newcomer.extract().or_fail("extract")
    assert_athlete_complete(newcomer)


def test_a_transient_500_costs_one_more_call(newcomer: Athlete) -> None:
    inject_fault(newcomer, "status", status=500, endpoint=DETAIL, times=1)
    made = newcomer.run()
    assert made[DETAIL] == len(newcomer.activities()) + 1
    assert_athlete_complete(newcomer)


def test_an_activity_that_always_returns_500_is_a_reject_and_everything_else_is_there(newcomer: Athlete) -> None:
    corrupt = min(newcomer.activities())
    inject_fault(newcomer, "status", status=500, endpoint=DETAIL, id=corrupt)
    newcomer.extract().or_fail("extract")
    expected = newcomer.source()
    for optional in ("kudos", "comments", "photos"):
        expected.pop(optional, None)
    del expected["activity_details"][corrupt,]
    assert newcomer.lake() == expected

    (reject,) = rejects(newcomer.stack, newcomer.account)
    assert reject["key"] == ["activity_details", corrupt]
    assert reject["status"] == 500
    assert "error" in reject["reason"]
    assert base64.b64decode(reject["body_base64"]) == b'{"message":"error"}'

    assert DETAIL not in newcomer.run(), "requested again on the same day"
    clear_faults(newcomer)
    newcomer.control("PUT", "clock", {"advance": "P1D"})
    newcomer.run(*NO_VERIFICATION)
    assert (corrupt,) in newcomer.lake()["activity_details"]


def test_a_corrupt_activity_is_a_reject_even_if_only_its_details_are_read(newcomer: Athlete) -> None:
    corrupt = min(newcomer.activities())
    inject_fault(newcomer, "status", status=500, endpoint=DETAIL, id=corrupt)
    newcomer.extract("--streams=activities,activity_details").or_fail("extract")
    (reject,) = rejects(newcomer.stack, newcomer.account)
    assert (reject["key"], reject["status"]) == (["activity_details", corrupt], 500)
    lake = newcomer.lake()
    assert lake["activities"].keys() - lake["activity_details"].keys() == {(corrupt,)}


def test_a_source_that_is_down_does_not_turn_good_records_into_rejects(newcomer: Athlete) -> None:
    inject_fault(newcomer, "status", status=500, after=LISTINGS + 2)
    down = newcomer.extract()
    assert down.exit_code == UNAVAILABLE, down.log.read_text()
    assert rejects(newcomer.stack, newcomer.account) == []
    clear_faults(newcomer)
    newcomer.extract().or_fail("extract")
    assert_athlete_complete(newcomer)
    assert rejects(newcomer.stack, newcomer.account) == []


def test_a_gateway_error_page_instead_of_the_listing_is_an_error_and_writes_no_tombstone(imported: Athlete) -> None:
    before = imported.lake()["activities"]
    inject_fault(imported, "status", endpoint=LISTING, **GATEWAY_ERROR_PAGE)
    outcome = imported.extract(*NO_VERIFICATION)
    assert outcome.exit_code == UNAVAILABLE, outcome.log.read_text()
    (error,) = outcome.errors()
    assert "502" in error["what"]
    assert "\n" not in error["what"]
    assert imported.lake()["activities"] == before


@pytest.mark.parametrize("kind", ["drop", "cut_body", "short_body", "long_body", "malformed_json"])
def test_a_response_that_is_broken_once_is_requested_again(newcomer: Athlete, kind: str) -> None:
    for endpoint in (LISTING, DETAIL, STREAMS):
        inject_fault(newcomer, kind, endpoint=endpoint, times=1)
    newcomer.extract().or_fail("extract")
    assert_athlete_complete(newcomer)
    assert [fault["happened"] for fault in newcomer.control("GET", "faults")] == [1, 1, 1]


def test_a_body_that_is_never_valid_json_is_a_reject(newcomer: Athlete) -> None:
    broken = min(newcomer.activities())
    inject_fault(newcomer, "malformed_json", endpoint=DETAIL, id=broken)
    newcomer.extract().or_fail("extract")
    (reject,) = rejects(newcomer.stack, newcomer.account)
    assert (reject["key"], reject["status"]) == (["activity_details", broken], 200)
    assert newcomer.lake()["activities"].keys() - newcomer.lake()["activity_details"].keys() == {(broken,)}


def test_a_slow_response_is_waited_for(newcomer: Athlete) -> None:
    inject_fault(newcomer, "slow_drip", bytes_per_second=4_000, endpoint=LISTING, times=1)
    newcomer.extract().or_fail("extract")
    assert_athlete_complete(newcomer)


def test_an_empty_404_for_a_detail_is_neither_an_error_nor_a_record(newcomer: Athlete) -> None:
    without = min(newcomer.activities())
    inject_fault(newcomer, "status", status=404, body="", endpoint=DETAIL, id=without)
    newcomer.extract().or_fail("extract")
    lake = newcomer.lake()
    assert lake["activities"].keys() - lake["activity_details"].keys() == {(without,)}
    assert rejects(newcomer.stack, newcomer.account) == []


def test_an_empty_404_confirms_a_tombstone(imported: Athlete) -> None:
    gone = min(imported.activities())
    imported.delete(gone)
    inject_fault(imported, "status", status=404, body="", endpoint=DETAIL, id=gone)
    imported.extract(*NO_VERIFICATION).or_fail("extract")
    assert (gone,) not in imported.lake()["activities"]


def test_an_activity_missing_from_the_listing_stays_if_its_detail_still_exists(imported: Athlete) -> None:
    hidden = min(imported.activities())
    imported.control("POST", f"activities/{hidden}/hide")
    inject_fault(imported, "status", status=200, body={"id": hidden}, endpoint=DETAIL, id=hidden)
    imported.extract(*NO_VERIFICATION).or_fail("extract")
    assert (hidden,) in imported.lake()["activities"]


def test_errors_given_as_text_object_or_list_become_a_one_line_reason(newcomer: Athlete) -> None:
    shapes = ("Rate Limit\nExceeded", {"resource": "Activity"}, [{"resource": "Activity", "field": "id", "code": "odd"}])
    refused = sorted(newcomer.activities())[: len(shapes)]
    for activity, errors in zip(refused, shapes, strict=True):
        inject_fault(
            newcomer, "status", status=400, body={"message": "Bad Request", "errors": errors}, endpoint=DETAIL, id=activity
        )
    newcomer.extract().or_fail("extract")
    rejected = rejects(newcomer.stack, newcomer.account)
    assert sorted(reject["key"][1] for reject in rejected) == refused
    assert all(reject["status"] == 400 and "Bad Request" in reject["reason"] for reject in rejected)
    assert not any("\n" in reject["reason"] for reject in rejected)


def test_times_are_the_sources_even_if_its_clock_is_wrong(newcomer: Athlete) -> None:
    newcomer.control("PUT", "clock-skew", {"seconds": 300})
    newcomer.extract().or_fail("extract")
    assert_athlete_complete(newcomer)
    now = datetime.fromisoformat(newcomer.control("GET", "clock")["now"])
    (line, *_) = (line for _, line in written(newcomer.stack, newcomer.account))
    assert datetime.fromisoformat(line["extracted_at"]) == now + timedelta(minutes=5)


def test_a_token_that_expires_during_a_run_is_refreshed(newcomer: Athlete) -> None:
    newcomer.extract("--streams=athlete").or_fail("extract")  # leaves a token that is valid for hours
    inject_fault(newcomer, "expire_token", endpoint=DETAIL, after=3, times=1)
    newcomer.extract().or_fail("extract")
    assert_athlete_complete(newcomer)


def test_the_error_for_an_application_without_a_subscription_says_what_to_do_after_one_call(newcomer: Athlete) -> None:
    inactive = {"message": "Forbidden", "errors": [{"resource": "Application", "field": "Status", "code": "Inactive"}]}
    inject_fault(newcomer, "status", status=403, body=inactive)
    forget_calls(newcomer.stack)
    outcome = newcomer.extract()
    assert outcome.exit_code == REFUSED, outcome.log.read_text()
    assert "subscription" in outcome.errors()[0]["remedy"]
    assert sum(calls(newcomer.stack).values()) == 1
