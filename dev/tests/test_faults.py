"""Whatever an answer looks like, a run ends with a sentence and an exit code, loses nothing, and the next one goes on."""

import base64
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from athletes import Athlete, AthletePool
from calls import DETAIL, LISTING, STREAMS, TOO_MANY, calls, forget_calls
from snapshots import assert_complete, rejects, written

UNUSABLE, UNAVAILABLE, TRY_AGAIN, REFUSED = 65, 69, 75, 77
# What a first import lists before it reads records one by one.
LISTINGS = 6
NO_VERIFICATION = ("--verify-calls", "0")
PAGE_OF_A_GATEWAY = {"status": 502, "body": "<html><body>Bad\nGateway</body></html>", "contentType": "text/html"}


@pytest.fixture
def newcomer(athlete_pool: AthletePool) -> Iterator[Athlete]:
    athlete = athlete_pool.newcomer()
    yield athlete
    clear_faults(athlete)


@pytest.fixture
def imported(athlete_pool: AthletePool) -> Iterator[Athlete]:
    athlete = athlete_pool.imported()
    yield athlete
    clear_faults(athlete)


def fault(athlete: Athlete, kind: str, **fields: Any) -> None:
    athlete.control("POST", "faults", {"kind": kind, **fields})


def clear_faults(athlete: Athlete) -> None:
    athlete.control("DELETE", "faults")
    athlete.control("PUT", "clock-skew", {"seconds": 0})


def assert_whole(athlete: Athlete) -> None:
    assert_complete(athlete.stack, athlete.account)


def test_a_429_in_mid_run_ends_it_with_that_call_and_the_next_run_goes_on(newcomer: Athlete) -> None:
    forget_calls(newcomer.stack)
    fault(newcomer, "status", status=429, endpoint=DETAIL, after=5)
    cut = newcomer.extract()
    assert cut.exit_code == TRY_AGAIN, cut.log.read_text()
    assert cut.report["resume_at"].endswith(":15:00Z")
    assert calls(newcomer.stack, TOO_MANY) == {DETAIL: 1}
    assert len(newcomer.lake()["activity_details"]) == 5
    clear_faults(newcomer)
    assert LISTING not in newcomer.run()
    assert_whole(newcomer)


def test_a_429_that_names_a_short_pause_is_waited_for(newcomer: Athlete) -> None:
    fault(newcomer, "status", status=429, headers={"Retry-After": "1"}, endpoint=DETAIL, times=1)
    newcomer.extract().or_fail("extract")
    assert_whole(newcomer)


def test_a_500_that_passes_costs_one_more_call(newcomer: Athlete) -> None:
    fault(newcomer, "status", status=500, endpoint=DETAIL, times=1)
    made = newcomer.run()
    assert made[DETAIL] == len(newcomer.activities()) + 1
    assert_whole(newcomer)


def test_an_activity_that_answers_500_for_ever_is_a_reject_and_all_else_is_there(newcomer: Athlete) -> None:
    corrupt = min(newcomer.activities())
    fault(newcomer, "status", status=500, endpoint=DETAIL, id=corrupt)
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

    assert DETAIL not in newcomer.run(), "asked for again on the same day"
    clear_faults(newcomer)
    newcomer.control("PUT", "clock", {"advance": "P1D"})
    newcomer.run(*NO_VERIFICATION)
    assert (corrupt,) in newcomer.lake()["activity_details"]


def test_a_corrupt_activity_is_a_reject_also_where_its_details_are_all_that_is_read_of_it(newcomer: Athlete) -> None:
    corrupt = min(newcomer.activities())
    fault(newcomer, "status", status=500, endpoint=DETAIL, id=corrupt)
    newcomer.extract("--streams=activities,activity_details").or_fail("extract")
    (reject,) = rejects(newcomer.stack, newcomer.account)
    assert (reject["key"], reject["status"]) == (["activity_details", corrupt], 500)
    lake = newcomer.lake()
    assert lake["activities"].keys() - lake["activity_details"].keys() == {(corrupt,)}


def test_a_source_that_is_down_rejects_nothing_that_is_fine(newcomer: Athlete) -> None:
    fault(newcomer, "status", status=500, after=LISTINGS + 2)
    down = newcomer.extract()
    assert down.exit_code == UNAVAILABLE, down.log.read_text()
    assert rejects(newcomer.stack, newcomer.account) == []
    clear_faults(newcomer)
    newcomer.extract().or_fail("extract")
    assert_whole(newcomer)
    assert rejects(newcomer.stack, newcomer.account) == []


def test_a_gateways_page_in_place_of_the_listing_is_a_sentence_and_no_tombstone(imported: Athlete) -> None:
    before = imported.lake()["activities"]
    fault(imported, "status", endpoint=LISTING, **PAGE_OF_A_GATEWAY)
    away = imported.extract(*NO_VERIFICATION)
    assert away.exit_code == UNAVAILABLE, away.log.read_text()
    (error,) = away.errors()
    assert "502" in error["what"]
    assert "\n" not in error["what"]
    assert imported.lake()["activities"] == before


@pytest.mark.parametrize("kind", ["drop", "cut_body", "short_body", "long_body", "malformed_json"])
def test_an_answer_that_breaks_once_is_asked_for_again(newcomer: Athlete, kind: str) -> None:
    for endpoint in (LISTING, DETAIL, STREAMS):
        fault(newcomer, kind, endpoint=endpoint, times=1)
    newcomer.extract().or_fail("extract")
    assert_whole(newcomer)
    assert [happened["happened"] for happened in newcomer.control("GET", "faults")] == [1, 1, 1]


def test_a_body_that_is_no_json_for_ever_is_a_reject(newcomer: Athlete) -> None:
    broken = min(newcomer.activities())
    fault(newcomer, "malformed_json", endpoint=DETAIL, id=broken)
    newcomer.extract().or_fail("extract")
    (reject,) = rejects(newcomer.stack, newcomer.account)
    assert (reject["key"], reject["status"]) == (["activity_details", broken], 200)
    assert newcomer.lake()["activities"].keys() - newcomer.lake()["activity_details"].keys() == {(broken,)}


def test_an_answer_that_drips_slowly_is_waited_for(newcomer: Athlete) -> None:
    fault(newcomer, "slow_drip", bytes_per_second=4_000, endpoint=LISTING, times=1)
    newcomer.extract().or_fail("extract")
    assert_whole(newcomer)


def test_an_empty_404_of_a_detail_is_no_error_and_no_record(newcomer: Athlete) -> None:
    without = min(newcomer.activities())
    fault(newcomer, "status", status=404, body="", endpoint=DETAIL, id=without)
    newcomer.extract().or_fail("extract")
    lake = newcomer.lake()
    assert lake["activities"].keys() - lake["activity_details"].keys() == {(without,)}
    assert rejects(newcomer.stack, newcomer.account) == []


def test_an_empty_404_confirms_a_tombstone(imported: Athlete) -> None:
    gone = min(imported.activities())
    imported.delete(gone)
    fault(imported, "status", status=404, body="", endpoint=DETAIL, id=gone)
    imported.extract(*NO_VERIFICATION).or_fail("extract")
    assert (gone,) not in imported.lake()["activities"]


def test_an_activity_that_no_listing_has_but_that_lives_stays(imported: Athlete) -> None:
    hidden = min(imported.activities())
    imported.control("POST", f"activities/{hidden}/hide")
    fault(imported, "status", status=200, body={"id": hidden}, endpoint=DETAIL, id=hidden)
    imported.extract(*NO_VERIFICATION).or_fail("extract")
    assert (hidden,) in imported.lake()["activities"]


def test_errors_as_text_object_or_list_become_a_reason_of_one_line(newcomer: Athlete) -> None:
    shapes = ("Rate Limit\nExceeded", {"resource": "Activity"}, [{"resource": "Activity", "field": "id", "code": "odd"}])
    refused = sorted(newcomer.activities())[: len(shapes)]
    for activity, errors in zip(refused, shapes, strict=True):
        fault(newcomer, "status", status=400, body={"message": "Bad Request", "errors": errors}, endpoint=DETAIL, id=activity)
    newcomer.extract().or_fail("extract")
    found = rejects(newcomer.stack, newcomer.account)
    assert sorted(reject["key"][1] for reject in found) == refused
    assert all(reject["status"] == 400 and "Bad Request" in reject["reason"] for reject in found)
    assert not any("\n" in reject["reason"] for reject in found)


def test_time_is_the_sources_however_wrong_its_clock(newcomer: Athlete) -> None:
    newcomer.control("PUT", "clock-skew", {"seconds": 300})
    newcomer.extract().or_fail("extract")
    assert_whole(newcomer)
    now = datetime.fromisoformat(newcomer.control("GET", "clock")["now"])
    (line, *_) = (line for _, line in written(newcomer.stack, newcomer.account))
    assert datetime.fromisoformat(line["extracted_at"]) == now + timedelta(minutes=5)


def test_a_token_that_expires_in_mid_run_is_renewed(newcomer: Athlete) -> None:
    newcomer.extract("--streams=athlete").or_fail("extract")  # leaves a token that is good for hours
    fault(newcomer, "expire_token", endpoint=DETAIL, after=3, times=1)
    newcomer.extract().or_fail("extract")
    assert_whole(newcomer)


def test_an_application_without_subscription_is_told_what_to_do_and_calls_once(newcomer: Athlete) -> None:
    inactive = {"message": "Forbidden", "errors": [{"resource": "Application", "field": "Status", "code": "Inactive"}]}
    fault(newcomer, "status", status=403, body=inactive)
    forget_calls(newcomer.stack)
    outcome = newcomer.extract()
    assert outcome.exit_code == REFUSED, outcome.log.read_text()
    assert "subscription" in outcome.errors()[0]["remedy"]
    assert sum(calls(newcomer.stack).values()) == 1
