"""After any sequence of new, late, edited, hidden and deleted records the next daily run with budget left converges (promise 3).

There are three classes: summaries equal the source; details and streams include every change that a summary shows; changes that
no summary shows arrive within as many runs as the report says.
"""

import os
from collections.abc import Iterable
from random import Random
from typing import Any

from athletes import OPTED_IN
from mutations import Mutations
from snapshots import Key, Snapshot, lake_snapshot, source_snapshot
from stacks import NewStack

DAYS = int(os.environ.get("PACELINE_DAYS", "5"))
ACTIVITIES = 16
VERIFY_CALLS = 9
TRY_AGAIN = 75

LISTED = ("athlete", "activities", "starred_segments", "routes", "clubs")
COUNTED = ("kudos", "comments", "photos")
VERIFIED = ("activity_details", "athlete_zones", "athlete_stats", "gear")
# Kudos from a friend do not cause the detail to be read again; `photos` of a detail only repeats its counter.
VOLATILE = {
    "kudos_count",
    "comment_count",
    "athlete_count",
    "photo_count",
    "total_photo_count",
    "achievement_count",
    "pr_count",
    "has_kudoed",
    "photos",
}


def test_each_daily_run_converges_in_all_three_classes(new_stack: NewStack, rng: Random) -> None:
    stack = new_stack("--activities", str(ACTIVITIES), athletes=2)
    mutations = {account: Mutations(stack, account, rng) for account in stack.athletes()}
    days: dict[str, list[Snapshot]] = {account: [] for account in mutations}
    promised = 0
    for _ in range(DAYS):
        report = stack.extract(OPTED_IN, "--verify-calls", str(VERIFY_CALLS)).or_fail("extract")
        promised = max(promised, *(account["verified"]["days"] for account in report["accounts"]))
        for account in mutations:
            lake, source = normalised(lake_snapshot(stack, account)), normalised(source_snapshot(stack, account))
            assert_summaries_are_the_sources(lake, source)
            assert_streams_and_lists_are_the_sources(lake, source)
            days[account].append({stream: source.get(stream, {}) for stream in (*VERIFIED, "activities", "athlete")})
            assert_details_include_every_change_that_a_summary_shows(lake, days[account])
            assert_nothing_is_older_than(promised, lake, days[account])
        for mutation in mutations.values():
            mutation.apply()
        stack.sandbox.control("PUT", "clock", {"advance": "P1D"})
    assert 1 < promised < ACTIVITIES


def test_days_with_too_small_a_budget_lose_nothing_and_later_days_catch_up(new_stack: NewStack, rng: Random) -> None:
    stack = new_stack("--activities", str(ACTIVITIES), athletes=2)
    mutations = [Mutations(stack, account, rng) for account in stack.athletes()]
    ends = []
    for reads in (30, 60, 30, 10_000):
        stack.sandbox.control("PUT", "limits", {"limits": f"10000/{reads},10000/{reads}"})
        ends.append(stack.extract(OPTED_IN, "--verify-calls", "500").exit_code)
        if reads < 10_000:
            stack.sandbox.control("PUT", "clock", {"advance": "P1D"})
            for mutation in mutations:
                mutation.apply()
    assert ends == [TRY_AGAIN, TRY_AGAIN, TRY_AGAIN, 0]
    for account in stack.athletes():
        lake, source = normalised(lake_snapshot(stack, account)), normalised(source_snapshot(stack, account))
        assert_summaries_are_the_sources(lake, source)
        assert_streams_and_lists_are_the_sources(lake, source)
        assert_nothing_is_older_than(1, lake, [source])


def assert_summaries_are_the_sources(lake: Snapshot, source: Snapshot) -> None:
    """First class."""
    for stream in LISTED:
        assert lake.get(stream) == source.get(stream), stream


def assert_streams_and_lists_are_the_sources(lake: Snapshot, source: Snapshot) -> None:
    """Second class: what a device recorded, and the lists that follow their counters."""
    for stream in ("activity_streams", *COUNTED):
        assert differing(counted(lake, stream), counted(source, stream)) == [], stream
    assert lake["activity_details"].keys() == source["activity_details"].keys()


def assert_details_include_every_change_that_a_summary_shows(lake: Snapshot, days: list[Snapshot]) -> None:
    """Second class: each detail equals the source's on the day of the last such change, or later."""
    for key, detail in lake["activity_details"].items():
        since = last_change(days, "activities", key)
        assert steady(detail) in versions(days[since:], "activity_details", key), (key, since)
    athlete = next(iter(days[-1]["athlete"]))
    since = last_change([{"athlete": without_distances(day["athlete"])} for day in days], "athlete", athlete)
    for stream in ("athlete_zones", "athlete_stats"):
        assert lake[stream][athlete] in versions(days[since:], stream, athlete), (stream, since)


def assert_nothing_is_older_than(runs: int, lake: Snapshot, days: list[Snapshot]) -> None:
    """Third class: an edit that no listing shows has arrived within this many runs."""
    for stream in VERIFIED:
        for key in days[-1][stream]:
            found = steady(lake[stream][key]) if stream == "activity_details" else lake[stream][key]
            assert found in versions(days[-runs:], stream, key), (stream, key)


def last_change(days: list[Snapshot], stream: str, key: Key) -> int:
    """The index of the day that first showed the record as it is now, apart from counters."""
    shown = [steady(day[stream].get(key)) for day in days]
    number = len(shown) - 1
    while number > 0 and shown[number - 1] == shown[-1]:
        number -= 1
    return number


def versions(days: Iterable[Snapshot], stream: str, key: Key) -> list[Any]:
    found = [day[stream][key] for day in days if key in day[stream]]
    return [steady(record) for record in found] if stream == "activity_details" else found


def counted(snapshot: Snapshot, stream: str) -> dict[Key, Any]:
    """The lists without the name and time of their activity: only a change of the counter causes a list to be read again."""
    repeated = {"activity_name", "created_at", "created_at_local", "uploaded_at", "cursor"}
    if stream not in ("comments", "photos"):
        return snapshot.get(stream, {})
    return {
        key: [{name: value for name, value in record.items() if name not in repeated} for record in records]
        for key, records in snapshot.get(stream, {}).items()
    }


def normalised(json: Any) -> Any:
    """Records without fields that are null or an empty list, which mean the same as an absent field."""
    if not isinstance(json, dict):
        return json
    return {name: normalised(value) for name, value in json.items() if value is not None and value != []}


def steady(record: Any) -> Any:
    return record and {name: value for name, value in record.items() if name not in VOLATILE}


def without_distances(athletes: dict[Key, Any]) -> dict[Key, Any]:
    """Athletes without the distances of their bikes and shoes."""
    return {
        key: {
            **athlete,
            **{
                kind: [{name: value for name, value in gear.items() if "distance" not in name} for gear in athlete.get(kind, [])]
                for kind in ("bikes", "shoes")
            },
        }
        for key, athlete in athletes.items()
    }


def differing(one: dict[Key, Any], other: dict[Key, Any]) -> list[Key]:
    return [key for key in one.keys() | other.keys() if one.get(key) != other.get(key)]
