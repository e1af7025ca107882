"""Calls are the budget: each run makes those that it needs, to the last one, and its report says which."""

from typing import Any

import pytest
from calls import DETAIL, GEAR, LISTING, STREAMS, calls, forget_calls, of_a_listing, told
from lake_truth import assert_complete, source_truth
from paceline_local.stack import Stack
from stacks import NewStack

NUMBER = 40
MEASURED = "--streams=activities,activity_details,activity_streams,gear,athlete,athlete_zones"
NOTHING_AGAIN = ("--verify-calls", "0")
EVERY_DAY = {"/athlete": 1, LISTING: of_a_listing(NUMBER)}
OPTED_IN = "--streams=+kudos,+comments,+photos"


@pytest.fixture
def stack(new_stack: NewStack) -> Stack:
    return new_stack("--activities", str(NUMBER))


def run(stack: Stack, *words: str) -> dict[str, int]:
    """The calls of a run that ends well; the report tells the same."""
    forget_calls(stack)
    report = stack.extract(*words).or_fail("extract")
    counted = calls(stack)
    assert told(report) == counted
    return counted


def day_after(stack: Stack) -> None:
    stack.sandbox.control("PUT", "clock", {"advance": "P1D"})


def only_account(stack: Stack) -> tuple[str, int]:
    account, athlete = next(iter(stack.athletes().items()))
    return account, athlete["id"]


def activities(stack: Stack) -> dict[int, dict[str, Any]]:
    records = source_truth(stack, only_account(stack)[0], "activities")["activities"]
    return {key[0]: record for key, record in records.items()}


@pytest.mark.parametrize("number", [1, 200, 201, 399, 400])
def test_a_listing_takes_two_calls_and_one_more_for_each_199_beyond_200(new_stack: NewStack, number: int) -> None:
    stack = new_stack("--activities", str(number), years=3)
    assert run(stack, "--streams=athlete,activities") == {"/athlete": 1, LISTING: of_a_listing(number)}


def test_a_first_import_calls_once_for_each_record(stack: Stack) -> None:
    account, _ = only_account(stack)
    truth = source_truth(stack, account, "gear", "activity_streams")
    assert run(stack, MEASURED) == {
        **EVERY_DAY,
        "/athlete/zones": 1,
        DETAIL: NUMBER,
        STREAMS: len(truth["activity_streams"]),
        GEAR: len(truth["gear"]),
    }


def test_all_that_is_read_by_default_arrives_with_the_first_import(stack: Stack) -> None:
    run(stack)
    assert_complete(stack, only_account(stack)[0])


def test_a_day_with_nothing_new_costs_the_listing_and_one_call(stack: Stack) -> None:
    run(stack, MEASURED)
    day_after(stack)
    assert run(stack, MEASURED, *NOTHING_AGAIN) == EVERY_DAY


def test_the_same_day_again_costs_the_same(stack: Stack) -> None:
    run(stack, MEASURED)
    assert run(stack, MEASURED) == EVERY_DAY


def test_a_new_activity_costs_two_calls_a_manual_one_one_and_new_gear_one(stack: Stack) -> None:
    run(stack, MEASURED)
    day_after(stack)
    _, athlete = only_account(stack)
    for fields in ({}, {"manual": True}, {"gear_id": "b424242", "sport_type": "Ride"}):
        stack.sandbox.control("POST", f"athletes/{athlete}/activities", fields)
    assert run(stack, MEASURED, *NOTHING_AGAIN) == {**EVERY_DAY, DETAIL: 3, STREAMS: 2, GEAR: 1}


def test_a_tombstone_costs_one_call(stack: Stack) -> None:
    run(stack, MEASURED)
    stack.sandbox.control("DELETE", f"activities/{min(activities(stack))}")
    assert run(stack, MEASURED) == {**EVERY_DAY, DETAIL: 1}
    assert run(stack, MEASURED) == EVERY_DAY


def test_an_edited_name_costs_the_detail_alone(stack: Stack) -> None:
    run(stack, MEASURED)
    stack.sandbox.control("PATCH", f"activities/{min(activities(stack))}", {"name": "Mended"})
    assert run(stack, MEASURED) == {**EVERY_DAY, DETAIL: 1}


def test_an_edited_distance_costs_detail_and_streams(stack: Stack) -> None:
    run(stack, MEASURED)
    edited = next(id_ for id_, record in activities(stack).items() if not record["manual"])
    stack.sandbox.control("PATCH", f"activities/{edited}", {"distance": 12345.6})
    assert run(stack, MEASURED) == {**EVERY_DAY, DETAIL: 1, STREAMS: 1}


def test_counters_alone_cost_nothing_and_their_summaries_arrive(stack: Stack) -> None:
    run(stack)
    for id_, record in activities(stack).items():
        stack.sandbox.control("PATCH", f"activities/{id_}", {"kudos_count": record["kudos_count"] + 1})
    forget_calls(stack)
    report = stack.extract().or_fail("extract")
    assert {DETAIL, STREAMS} & calls(stack).keys() == set()
    assert report["accounts"][0]["streams"]["activities"]["upserts"] == NUMBER


def test_kudos_comments_and_photos_are_read_where_they_were_opted_in_and_counted(stack: Stack) -> None:
    counted = {
        stream: sum(record[counter] > 0 for record in activities(stack).values())
        for stream, counter in (("kudos", "kudos_count"), ("comments", "comment_count"), ("photos", "total_photo_count"))
    }
    first = run(stack, OPTED_IN)
    assert {stream: first.get(f"/activities/{{id}}/{stream}", 0) for stream in counted} == counted
    assert sum(counted.values()) > 0
    assert_complete(stack, only_account(stack)[0], *counted)


@pytest.mark.parametrize(
    ("counter", "stream"), [("kudos_count", "kudos"), ("comment_count", "comments"), ("total_photo_count", "photos")]
)
def test_a_list_is_read_again_when_its_own_counter_moves(stack: Stack, counter: str, stream: str) -> None:
    run(stack, OPTED_IN)
    usual = run(stack, OPTED_IN)
    id_, record = max(activities(stack).items())
    stack.sandbox.control("PATCH", f"activities/{id_}", {counter: record[counter] + 1})
    assert run(stack, OPTED_IN) == {**usual, f"/activities/{{id}}/{stream}": 1}
    stack.sandbox.control("PATCH", f"activities/{id_}", {counter: 0})
    assert run(stack, OPTED_IN) == usual
    assert_complete(stack, only_account(stack)[0], "kudos", "comments", "photos")


def test_a_stream_that_is_switched_off_is_not_asked_for(stack: Stack) -> None:
    without = run(stack, "--streams=-activity_streams,-gear,-starred_segments,-routes,-clubs")
    assert without == {**EVERY_DAY, "/athlete/zones": 1, "/athletes/{id}/stats": 1, DETAIL: NUMBER}


def test_a_stream_that_is_switched_on_later_is_read_for_all_records(stack: Stack) -> None:
    run(stack, "--streams=activities,activity_details")
    recorded = len(source_truth(stack, only_account(stack)[0], "activity_streams")["activity_streams"])
    assert run(stack, "--streams=activities,activity_details,activity_streams") == {
        LISTING: of_a_listing(NUMBER),
        STREAMS: recorded,
    }


def test_verification_costs_what_it_was_allowed_and_is_told_on_its_own(stack: Stack) -> None:
    run(stack, MEASURED)
    day_after(stack)
    forget_calls(stack)
    report = stack.extract(MEASURED, "--verify-calls", "7").or_fail("extract")
    more = {endpoint: number - EVERY_DAY.get(endpoint, 0) for endpoint, number in calls(stack).items()}
    assert sum(more.values()) == 7
    verified = report["accounts"][0]["verified"]
    assert verified["calls"] == 7
    assert verified["days"] == -(-verified["records"] // 7)
