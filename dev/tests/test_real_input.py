"""A real athlete's recorded activities through the whole pipeline, compared with a script that reads only the file."""

import json
from pathlib import Path

import pytest
from paceline_local.stack import Stack
from recording import MONTHS_OF_THE_MART, assert_months_equal, from_the_file, from_the_warehouse
from stacks import NewStack


@pytest.fixture
def loaded(new_stack: NewStack, recorded: Path) -> Stack:
    stack = new_stack(replay=recorded)
    stack.extract().or_fail("extract")
    stack.load().or_fail("load")
    return stack


def test_the_months_of_the_mart_equal_the_file(loaded: Stack, recorded: Path) -> None:
    loaded.dbt().or_fail("dbt")
    assert_months_equal(from_the_warehouse(loaded.warehouse, MONTHS_OF_THE_MART), from_the_file(recorded))


def test_the_months_of_the_runs_alone_equal_the_file(loaded: Stack, recorded: Path) -> None:
    months = from_the_warehouse(
        loaded.warehouse,
        "select to_char(start_date_local, 'YYYY-MM'), count(*), sum(distance), sum(moving_time),"
        " sum(total_elevation_gain), sum(kudos_count)"
        " from strava.activities where type = 'Run' and _deleted_at is null group by 1",
    )
    assert_months_equal(months, from_the_file(recorded, "Run"))


def test_text_arrives_as_it_was_recorded(loaded: Stack, recorded: Path) -> None:
    lines = (recorded / "activities.jsonl").read_text().splitlines()
    names = {activity["id"]: activity["name"] for activity in map(json.loads, lines)}
    assert dict(loaded.warehouse.rows("select id, name from strava.activities")) == names
