"""Reads one activity with extract, into a temporary lake, so the real lake is not touched."""

import gzip
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from paceline_local.failure import Failure
from paceline_local.paths import CHECKOUT

from paceline_live.settings import Live

_API = CHECKOUT / "sources" / "strava" / "api.yaml"
UNUSABLE = 65
# The newest activity and its details; everything else is as in the product.
_STREAMS: list[dict[str, Any]] = [
    {"name": "activities", "path": "/athlete/activities", "key": ["id"], "query": {"per_page": "1"}},
    {"name": "activity_details", "path": "/activities/{id}", "each": {"of": "activities"}},
]


@dataclass(frozen=True)
class Activity:
    """The result of reading it."""

    message: str
    calls: int


def read_one_activity(live: Live) -> Activity:
    sources, lake = live.folder / "sources", live.temporary_lake
    _describe(sources / "strava")
    names = ",".join(stream["name"] for stream in _STREAMS)
    words = ("--account", live.account, "--sources", str(sources), "--streams", names, "--on-limit", "stop")
    report = live.run("extract", "sync", "strava", *words, PACELINE_LAKE=lake.as_uri()).or_fail("extract sync")
    parts = sorted(lake.glob("bronze/strava/*/activity_details/**/*.jsonl.gz"))
    if not parts:
        raise Failure(f"The account {live.account} has no activity to read.", "Record one, or name another account.", UNUSABLE)
    return Activity(f"read one, with {_field_count(parts[0])} fields in its details", report["calls"])


def _describe(folder: Path) -> None:
    api = yaml.safe_load(_API.read_text())
    del api["identity"]  # none of the two streams
    folder.mkdir(parents=True)
    (folder / "api.yaml").write_text(yaml.safe_dump({**api, "streams": _STREAMS}, sort_keys=False))


def _field_count(part: Path) -> int:
    """The number of fields shows that it was read, but nothing about the athlete."""
    with gzip.open(part, "rt") as lines:
        return len(json.loads(next(lines))["data"])
