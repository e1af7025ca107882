"""Calls are the budget: each run makes exactly the calls it needs, and its report lists them."""

import pytest
from athletes import ACTIVITIES, NO_VERIFICATION, OPTED_IN, Athlete
from calls import DETAIL, GEAR, LISTING, STREAMS, calls, forget_calls, listing_calls, total
from snapshots import assert_complete
from stacks import NewStack

MEASURED = "--streams=activities,activity_details,activity_streams,gear,athlete,athlete_zones"
ALL_LISTED = {"/athlete": 1, "/segments/starred": 1, "/athletes/{id}/routes": 1, "/athlete/clubs": 1}
EVERY_DAY = {"/athlete": 1, LISTING: listing_calls(ACTIVITIES)}


@pytest.mark.parametrize("activities", [1, 200, 201, 400])
def test_a_listing_takes_two_calls_and_one_more_for_each_199_beyond_200(new_stack: NewStack, activities: int) -> None:
    stack = new_stack("--activities", str(activities), years=2)
    stack.extract("--streams=athlete,activities").or_fail("extract")
    assert calls(stack) == {"/athlete": 1, LISTING: listing_calls(activities)}


def test_a_first_import_calls_once_for_each_record(newcomer: Athlete) -> None:
    expected = newcomer.source("gear", "activity_streams")
    assert newcomer.run(MEASURED) == {
        **EVERY_DAY,
        "/athlete/zones": 1,
        DETAIL: ACTIVITIES,
        STREAMS: len(expected["activity_streams"]),
        GEAR: len(expected["gear"]),
    }


def test_the_first_import_brings_everything_that_is_read_by_default(newcomer: Athlete) -> None:
    newcomer.run()
    assert_complete(newcomer.stack, newcomer.account)


def test_an_optional_list_costs_one_call_where_its_counter_is_above_0(newcomer: Athlete) -> None:
    counters = {"kudos": "kudos_count", "comments": "comment_count", "photos": "total_photo_count"}
    records = newcomer.activities().values()
    counted = {stream: sum(record[counter] > 0 for record in records) for stream, counter in counters.items()}
    made = newcomer.run(OPTED_IN)
    assert {stream: made.get(f"/activities/{{id}}/{stream}", 0) for stream in counters} == counted
    assert 0 < sum(counted.values()) < 3 * ACTIVITIES
    assert_complete(newcomer.stack, newcomer.account, *counters)


def test_a_stream_that_is_switched_off_is_not_read(newcomer: Athlete) -> None:
    made = newcomer.run("--streams=-activity_streams,-gear,-starred_segments,-routes,-clubs")
    assert made == {**EVERY_DAY, "/athlete/zones": 1, "/athletes/{id}/stats": 1, DETAIL: ACTIVITIES}


def test_a_stream_that_is_switched_on_later_is_read_for_all_records(newcomer: Athlete) -> None:
    newcomer.run("--streams=activities,activity_details")
    recorded = len(newcomer.source("activity_streams")["activity_streams"])
    made = newcomer.run("--streams=activities,activity_details,activity_streams")
    assert made == {"/athlete": 1, LISTING: listing_calls(ACTIVITIES), STREAMS: recorded}


def test_a_day_with_nothing_new_costs_the_listing_and_one_call(imported: Athlete) -> None:
    assert imported.run(MEASURED, *NO_VERIFICATION) == EVERY_DAY


def test_a_new_activity_costs_two_calls_or_one_if_manual_and_new_gear_one(imported: Athlete) -> None:
    imported.add()
    imported.add(manual=True)
    imported.add(gear_id="b424242", sport_type="Ride")
    assert imported.run(MEASURED, *NO_VERIFICATION) == {**EVERY_DAY, DETAIL: 3, STREAMS: 2, GEAR: 1}


def test_a_tombstone_costs_a_single_call(imported: Athlete) -> None:
    imported.delete(min(imported.activities()))
    assert imported.run(MEASURED, *NO_VERIFICATION) == {**EVERY_DAY, DETAIL: 1}
    assert imported.run(MEASURED, *NO_VERIFICATION) == EVERY_DAY


def test_an_edited_name_costs_only_the_detail(imported: Athlete) -> None:
    imported.edit(min(imported.activities()), name="Renamed")
    assert imported.run(MEASURED, *NO_VERIFICATION) == {**EVERY_DAY, DETAIL: 1}


def test_an_edited_distance_costs_the_detail_and_the_streams(imported: Athlete) -> None:
    recorded = next(id_ for id_, record in imported.activities().items() if not record["manual"])
    imported.edit(recorded, distance=12345.6)
    assert imported.run(MEASURED, *NO_VERIFICATION) == {**EVERY_DAY, DETAIL: 1, STREAMS: 1}


def test_a_change_of_counters_alone_reads_no_detail_but_updates_the_summaries(imported: Athlete) -> None:
    for id_, record in imported.activities().items():
        imported.edit(id_, kudos_count=record["kudos_count"] + 1, achievement_count=0, has_kudoed=True)
    assert imported.run(*NO_VERIFICATION) == {**ALL_LISTED, **EVERY_DAY}
    assert imported.lake()["activities"] == imported.source("activities")["activities"]


@pytest.mark.parametrize(
    ("counter", "stream"), [("kudos_count", "kudos"), ("comment_count", "comments"), ("total_photo_count", "photos")]
)
def test_a_list_is_read_again_when_its_own_counter_changes(imported: Athlete, counter: str, stream: str) -> None:
    usual = {**ALL_LISTED, **EVERY_DAY}
    id_, record = max(imported.activities().items())
    imported.edit(id_, **{counter: record[counter] + 1})
    assert imported.run(OPTED_IN, *NO_VERIFICATION) == {**usual, f"/activities/{{id}}/{stream}": 1}
    imported.edit(id_, **{counter: 0})
    assert imported.run(OPTED_IN, *NO_VERIFICATION) == usual
    assert imported.lake()[stream] == imported.source(stream)[stream]


def test_verification_costs_as_much_as_allowed_and_is_reported_separately(imported: Athlete) -> None:
    forget_calls(imported.stack)
    report = imported.extract(MEASURED, "--verify-calls", "7").or_fail("extract")
    assert total(calls(imported.stack)) == total(EVERY_DAY) + 7
    verified = report["accounts"][0]["verified"]
    assert verified["calls"] == 7
    assert verified["days"] == -(-verified["records"] // 7)
