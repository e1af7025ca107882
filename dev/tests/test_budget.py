"""The budget: no call beyond it, the time to resume is reported, no call until then, and no account is starved."""

from typing import Any

import pytest
from calls import LISTING, TOO_MANY, calls, forget_calls, listing_calls, total
from paceline_local.commands import Outcome
from paceline_local.stack import Stack
from snapshots import assert_complete, lake_snapshot
from stacks import NewStack

TRY_AGAIN = 75
NUMBER = 24
LISTINGS = 1 + listing_calls(NUMBER) + 3
NEXT_QUARTER, TOMORROW = "2026-10-31T05:15:00Z", "2026-11-01T00:00:00Z"


def limit(stack: Stack, quarter: int, day: int) -> None:
    stack.sandbox.control("PUT", "limits", {"limits": f"{quarter}/{day},{quarter}/{day}"})


def clock(stack: Stack, now: str) -> None:
    stack.sandbox.control("PUT", "clock", {"now": now})


def assert_cut_short(outcome: Outcome, until: str) -> dict[str, Any]:
    assert outcome.exit_code == TRY_AGAIN, outcome.log.read_text()
    assert outcome.report["resume_at"] == until
    return outcome.report


@pytest.fixture
def stack(new_stack: NewStack) -> Stack:
    return new_stack("--activities", str(NUMBER))


def test_a_run_ends_at_the_last_allowed_call_of_the_quarter_hour(stack: Stack) -> None:
    limit(stack, 20, 1000)
    report = assert_cut_short(stack.extract(), NEXT_QUARTER)
    assert total(calls(stack)) == 20
    assert calls(stack, TOO_MANY) == {}
    assert sum(report["accounts"][0]["queued"]["records"].values()) > 0


def test_a_run_before_the_window_ends_makes_no_call(stack: Stack) -> None:
    limit(stack, 20, 1000)
    assert_cut_short(stack.extract(), NEXT_QUARTER)
    forget_calls(stack)
    assert_cut_short(stack.extract(), NEXT_QUARTER)
    assert calls(stack) == {}


def test_the_runs_of_one_day_list_once_and_together_cost_as_much_as_a_single_run(stack: Stack) -> None:
    account = next(iter(stack.athletes()))
    forget_calls(stack)
    limit(stack, 30, 1000)
    outcome = stack.extract()
    while outcome.exit_code == TRY_AGAIN:
        clock(stack, outcome.report["resume_at"])
        outcome = stack.extract()
    outcome.or_fail("extract")
    cut = calls(stack)
    assert calls(stack, TOO_MANY) == {}
    assert_complete(stack, account)
    assert cut[LISTING] == listing_calls(NUMBER)
    limit(stack, 1_000, 10_000)
    forget_calls(stack)
    stack.extract(PACELINE_LAKE=(stack.variant.folder / "other").as_uri()).or_fail("extract")
    assert calls(stack) == cut


def test_a_listing_cut_short_by_the_budget_resumes_where_it_stopped(new_stack: NewStack) -> None:
    number = 600
    stack = new_stack("--activities", str(number), years=2)
    limit(stack, 3, 1000)
    only_listed = "--streams=athlete,activities"
    outcome = stack.extract(only_listed)
    while outcome.exit_code == TRY_AGAIN:
        clock(stack, outcome.report["resume_at"])
        outcome = stack.extract(only_listed)
    outcome.or_fail("extract")
    assert calls(stack)[LISTING] <= listing_calls(number) + 1
    assert len(lake_snapshot(stack, next(iter(stack.athletes())))["activities"]) == number


def test_the_daily_reserve_is_enough_to_list_an_evening_ride(stack: Stack) -> None:
    limit(stack, 1000, 40)
    account, athlete = next(iter(stack.athletes().items()))
    assert_cut_short(stack.extract(), TOMORROW)
    assert total(calls(stack)) == 40 - LISTINGS
    clock(stack, "2026-10-31T20:00:00Z")
    ride = stack.sandbox.control("POST", f"athletes/{athlete['id']}/activities", {"sport_type": "Ride"})
    assert_cut_short(stack.extract(), TOMORROW)
    assert (ride["id"],) in lake_snapshot(stack, account)["activities"]


def test_every_account_is_listed_before_details_are_read_in_turn(new_stack: NewStack) -> None:
    stack = new_stack("--activities", str(NUMBER), athletes=3)
    limit(stack, 3 * LISTINGS + 15, 1000)
    report = assert_cut_short(stack.extract("--streams=-gear,-athlete_zones,-athlete_stats,-activity_streams"), NEXT_QUARTER)
    listed = [account["streams"]["activities"]["upserts"] for account in report["accounts"]]
    details = [account["streams"]["activity_details"]["upserts"] for account in report["accounts"]]
    assert listed == [NUMBER] * 3
    assert details == [5] * 3


def test_an_account_left_out_by_the_budget_comes_first_in_the_next_run(new_stack: NewStack) -> None:
    stack = new_stack("--activities", str(NUMBER), athletes=3)
    only_listed = "--streams=athlete,activities"
    limit(stack, 1 + listing_calls(NUMBER), 1000)
    first = assert_cut_short(stack.extract(only_listed), NEXT_QUARTER)
    assert [
        account["streams"]["activities"]["upserts"] for account in first["accounts"] if "activities" in account["streams"]
    ] == [NUMBER]
    clock(stack, NEXT_QUARTER)
    forget_calls(stack)
    stack.extract(only_listed)
    complete = [account for account in stack.athletes() if len(lake_snapshot(stack, account).get("activities", {})) == NUMBER]
    assert len(complete) == 2
