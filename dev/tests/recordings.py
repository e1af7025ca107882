"""Listings of one athlete, of any length, as Strava's API returns them: for replays."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ATHLETE = 4242
_FIRST = datetime(2014, 1, 1, 6, tzinfo=UTC)


def recorded_activity(number: int) -> dict[str, Any]:
    """The athlete's activity of that number, from 0; they begin nine hours apart."""
    key = 5_000_000_000 + number
    start = f"{_FIRST + timedelta(hours=9 * number):%Y-%m-%dT%H:%M:%SZ}"
    return {
        "resource_state": 2,
        "athlete": {"id": ATHLETE, "resource_state": 1},
        "name": f"Ride {number}",
        "distance": 10_000.0 + number,
        "moving_time": 3000,
        "elapsed_time": 3100,
        "total_elevation_gain": 50,
        "type": "Ride",
        "sport_type": "Ride",
        "id": key,
        "start_date": start,
        "start_date_local": start,
        "timezone": "(GMT+00:00) Europe/London",
        "utc_offset": 0.0,
        "kudos_count": number % 7,
        "comment_count": 0,
        "gear_id": "b12345",
        "upload_id": key + 1_000_000_000,
        "manual": False,
    }


def record(folder: Path, numbers: range) -> Path:
    """Puts these activities into the folder, newest first, in place of what it holds."""
    folder.mkdir(exist_ok=True)
    lines = [json.dumps(recorded_activity(number)) for number in reversed(numbers)]
    (folder / "activities.jsonl").write_text("\n".join(lines) + "\n")
    return folder
