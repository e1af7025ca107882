"""What a lake says of an account, read from the log alone as any reader would, and what the source would tell it now.

Both as `{stream: {key: data}}`: one can be compared with the other. A list without members has no entry.
"""

import gzip
import json
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from paceline_local.stack import SOURCE, Stack

Key = tuple[Any, ...]
Snapshot = dict[str, dict[Key, Any]]

# What goes with an activity that has gone.
BELOW_ACTIVITIES = ("activity_details", "activity_streams", "comments", "kudos", "photos")
REJECTED = "_rejected"


def written(stack: Stack, account: str, lake: Path | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every line of every commit in the order that counts, each with its stream."""
    root = lake or stack.variant.lake
    for commit in sorted((root / "log" / SOURCE / account).glob("*.json")):
        for part in json.loads(commit.read_text())["parts"]:
            with gzip.open(root / part["key"], "rt") as lines:
                for line in lines:
                    yield part["stream"], json.loads(line)


def lake_snapshot(stack: Stack, account: str, lake: Path | None = None) -> Snapshot:
    """The last word on each key; a reject takes nothing back."""
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
    """All that the account's token would be told."""
    athlete = stack.athletes()[account]["id"]
    url = f"{stack.sandbox.url}/control/athletes/{athlete}/truth?streams={','.join(streams)}"
    found: Snapshot = defaultdict(dict)
    with urllib.request.urlopen(url, timeout=60) as lines:
        for line in lines:
            record = json.loads(line)
            found[record["stream"]][tuple(record["key"])] = record["data"]
    return without_empty(found)


def without_empty(found: Snapshot) -> Snapshot:
    filled = {stream: {key: data for key, data in records.items() if data != []} for stream, records in found.items()}
    return {stream: records for stream, records in filled.items() if records}


def assert_complete(stack: Stack, account: str, *optional: str, lake: Path | None = None) -> None:
    """The lake has all that the source would tell, and nothing else; `optional` streams were opted in."""
    unread = {"comments", "kudos", "photos"} - {*optional}
    expected, found = source_snapshot(stack, account), lake_snapshot(stack, account, lake)
    assert found.keys() == expected.keys() - unread
    for stream in found:
        assert found[stream].keys() == expected[stream].keys(), stream
        assert [key for key, data in expected[stream].items() if found[stream][key] != data] == [], stream
