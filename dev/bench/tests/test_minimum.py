"""The fewest calls follow the formulas that extract is measured by."""

import pytest
from paceline_bench.minimum import AccountContents, daily, first_import, listing

BEFORE = AccountContents({number: number % 10 == 0 for number in range(1, 401)}, frozenset({"b1", "g1"}))


@pytest.mark.parametrize(("activities", "calls"), [(1, 2), (200, 2), (201, 3), (399, 3), (400, 4), (598, 4), (599, 5)])
def test_a_listing_takes_a_page_of_200_then_pages_of_199_new_ones_and_one_that_shows_the_end(activities: int, calls: int) -> None:
    assert listing(activities) == calls


def test_a_first_import_reads_each_detail_and_each_recorded_stream_once() -> None:
    assert first_import(BEFORE) == 4 + 400 + 360 + 2 + 2


def test_a_day_with_nothing_new_is_a_listing_and_the_athlete() -> None:
    assert daily(BEFORE, BEFORE) == 4 + 1


def test_a_new_activity_takes_two_calls_and_one_entered_by_hand_takes_one() -> None:
    now = AccountContents({**BEFORE.manual, 1001: False, 1002: False, 1003: True}, BEFORE.gear)
    assert daily(BEFORE, now) == listing(403) + 1 + 2 + 2 + 1


def test_new_gear_and_a_tombstone_take_a_call_each() -> None:
    kept = {activity: manual for activity, manual in BEFORE.manual.items() if activity != 7}
    assert daily(BEFORE, AccountContents(kept, BEFORE.gear | {"g2"})) == listing(399) + 1 + 1 + 1
