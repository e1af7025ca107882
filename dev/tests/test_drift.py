"""A member that no contract knows is kept, and the line that the demo and Airflow show for a stage names it."""

import json
from pathlib import Path

from paceline.report import summary
from stacks import NewStack


def test_the_line_of_a_stage_names_a_member_without_a_column(new_stack: NewStack, tmp_path: Path) -> None:
    folder = tmp_path / "recorded"
    folder.mkdir()
    start = {
        "athlete": {"id": 7},
        "start_date": "2026-10-30T07:00:00Z",
        "start_date_local": "2026-10-30T08:00:00Z",
        "utc_offset": 3600.0,
    }
    rides = [{"id": id_, "name": "Ride", "type": "Ride", "sport_type": "Ride", "snow_depth": 3, **start} for id_ in (1, 2)]
    (folder / "activities.jsonl").write_text("".join(json.dumps(ride) + "\n" for ride in rides))
    stack = new_stack(replay=folder)
    stack.extract().or_fail("extract")
    report = stack.load("stage").or_fail("load stage")
    assert "activities without a column: snow_depth 2 · " in summary(report)
