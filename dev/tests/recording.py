"""Monthly sums of a real athlete's activities: computed from the recorded file alone, and read from a warehouse."""

import json
from collections import defaultdict
from pathlib import Path

import pytest
from paceline_local.warehouse import Warehouse

MEASURES = ("distance", "moving_time", "total_elevation_gain", "kudos_count")
MONTHS_OF_THE_MART = (
    "select to_char(month, 'YYYY-MM'), sum(n), sum(distance_m), sum(moving_s), sum(elevation_gain_m), sum(kudos)"
    " from mart.activity_summary_monthly group by 1"
)
# By local month: count, metres, seconds, climb, kudos.
Months = dict[str, list[float]]


def from_the_file(recorded: Path, sport: str | None = None) -> Months:
    months: Months = defaultdict(lambda: [0.0] * 5)
    for line in (recorded / "activities.jsonl").read_text().splitlines():
        activity = json.loads(line)
        if sport in (None, activity["type"]):
            measured = [1, *(activity.get(measure) or 0 for measure in MEASURES)]
            month = months[activity["start_date_local"][:7]]
            month[:] = [total + value for total, value in zip(month, measured, strict=True)]
    return months


def from_the_warehouse(warehouse: Warehouse, sql: str) -> Months:
    return {month: [float(value) for value in measured] for month, *measured in warehouse.rows(sql)}


def assert_months_equal(found: Months, expected: Months) -> None:
    assert len(expected) == 6
    assert found.keys() == expected.keys()
    for month, measured in expected.items():
        assert found[month] == pytest.approx(measured, rel=1e-12), month
