"""A real athlete's recorded activities through all parts, against a script that reads the file alone."""

import json
from collections import defaultdict
from pathlib import Path

import pytest
from paceline_local.stack import Stack
from stacks import NewStack

MEASURES = ("distance", "moving_time", "total_elevation_gain", "kudos_count")


def from_the_file(recorded: Path, sport: str | None = None) -> dict[str, list[float]]:
    """Local month: count, metres, seconds, climb, kudos."""
    months: dict[str, list[float]] = defaultdict(lambda: [0.0] * 5)
    for line in (recorded / "activities.jsonl").read_text().splitlines():
        activity = json.loads(line)
        if sport in (None, activity["type"]):
            measured = [1, *(activity.get(measure) or 0 for measure in MEASURES)]
            month = months[activity["start_date_local"][:7]]
            month[:] = [total + value for total, value in zip(month, measured, strict=True)]
    return months


def from_the_warehouse(stack: Stack, sql: str) -> dict[str, list[float]]:
    return {month: [float(value) for value in measured] for month, *measured in stack.warehouse.rows(sql)}


@pytest.fixture
def loaded(new_stack: NewStack, recorded: Path) -> Stack:
    stack = new_stack(replay=recorded)
    stack.extract().or_fail("extract")
    stack.load().or_fail("load")
    return stack


def test_the_months_of_the_mart_equal_the_file(loaded: Stack, recorded: Path) -> None:
    loaded.dbt().or_fail("dbt")
    months = from_the_warehouse(
        loaded,
        "select to_char(month, 'YYYY-MM'), sum(n), sum(distance_m), sum(moving_s), sum(elevation_gain_m), sum(kudos)"
        " from mart.activity_summary_monthly group by 1",
    )
    expected = from_the_file(recorded)
    assert len(expected) == 6
    assert months.keys() == expected.keys()
    for month, measured in expected.items():
        assert months[month] == pytest.approx(measured, rel=1e-12), month


def test_the_runs_alone_equal_the_file(loaded: Stack, recorded: Path) -> None:
    months = from_the_warehouse(
        loaded,
        "select to_char(start_date_local, 'YYYY-MM'), count(*), sum(distance), sum(moving_time),"
        " sum(total_elevation_gain), sum(kudos_count)"
        " from strava.activities where type = 'Run' and _deleted_at is null group by 1",
    )
    expected = from_the_file(recorded, "Run")
    assert months.keys() == expected.keys()
    for month, measured in expected.items():
        assert months[month] == pytest.approx(measured, rel=1e-12), month


def test_text_arrives_as_it_was_recorded(loaded: Stack, recorded: Path) -> None:
    lines = (recorded / "activities.jsonl").read_text().splitlines()
    names = {activity["id"]: activity["name"] for activity in map(json.loads, lines)}
    assert dict(loaded.warehouse.rows("select id, name from strava.activities")) == names
