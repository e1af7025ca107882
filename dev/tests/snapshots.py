"""The records of an account in a lake, read from the log as any reader would, and the records the source would return now.

Both have the form `{stream: {key: data}}`, so they can be compared. Empty lists are left out.
"""

import gzip
import json
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from paceline_local.stack import SOURCE, Stack
from paceline_local.waiting import PATIENCE

Key = tuple[Any, ...]
Snapshot = dict[str, dict[Key, Any]]

# The streams whose records are deleted together with their activity.
BELOW_ACTIVITIES = ("activity_details", "activity_streams", "comments", "kudos", "photos")
REJECTED = "_rejected"


def written(stack: Stack, account: str, lake: Path | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every line of every commit in log order, each with its stream."""
    root = lake or stack.variant.lake
    for commit in sorted((root / "log" / SOURCE / account).glob("*.json")):
        for part in json.loads(commit.read_text())["parts"]:
            with gzip.open(root / part["key"], "rt") as lines:
                for line in lines:
                    yield part["stream"], json.loads(line)


def lake_snapshot(stack: Stack, account: str, lake: Path | None = None) -> Snapshot:
    """The latest record of each key; a reject does not change anything."""
    found: Snapshot = defaultdict(dict)
    for stream, line in written(stack, account, lake):
        key = tuple(line["key"])
        if line["op"] == "upsert":
            found[stream][key] = line["data"]
        elif line["op"] == "delete":
            for gone in (stream, *(BELOW_ACTIVITIES if stream == "activities" else ())):
                found[gone].pop(key, None)
    return without_empty(found)


def rejects(stack: Stack, account: str) -> list[dict[str, Any]]:
    return [line for stream, line in written(stack, account) if stream == REJECTED]


def source_snapshot(stack: Stack, account: str, *streams: str) -> Snapshot:
    """Everything the source would return for the account's token."""
    athlete = stack.athletes()[account]["id"]
    request = stack.sandbox.control_request("GET", f"athletes/{athlete}/snapshot?streams={','.join(streams)}")
    found: Snapshot = defaultdict(dict)
    with urllib.request.urlopen(request, timeout=PATIENCE) as lines:
        for line in lines:
            record = json.loads(line)
            found[record["stream"]][tuple(record["key"])] = record["data"]
    return without_empty(found)


def without_empty(found: Snapshot) -> Snapshot:
    filled = {stream: {key: data for key, data in records.items() if data != []} for stream, records in found.items()}
    return {stream: records for stream, records in filled.items() if records}


def assert_complete(stack: Stack, account: str, *optional: str, lake: Path | None = None) -> None:
    """The lake has exactly what the source would return; `optional` streams were opted in."""
    unread = {"comments", "kudos", "photos"} - {*optional}
    expected, found = source_snapshot(stack, account), lake_snapshot(stack, account, lake)
    assert found.keys() == expected.keys() - unread
    for stream in found:
        assert found[stream].keys() == expected[stream].keys(), stream
        assert [key for key, data in expected[stream].items() if found[stream][key] != data] == [], stream
