"""How fast summaries come in, and how much memory that takes."""

import gzip
import json
import statistics
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from paceline_local.sandbox import CLIENT_ID, CLIENT_SECRET

from paceline_bench.figure import Figure
from paceline_bench.whole_process import seconds_of
from paceline_bench.workbench import Workbench

RUNS = 3
_HEAP_MB = 128


def measure(bench: Workbench) -> Iterator[Figure]:
    costs = [bench.cost(bench.fresh(), "extract", "sync") for _ in range(RUNS)]
    floors, rows = [], 0
    for number in range(RUNS):
        into = bench.folder / f"floor-{number}.jsonl.gz"
        floors.append(seconds_of(lambda into=into: _listings(bench, into)))
        with gzip.open(into) as lines:
            rows = sum(1 for _ in lines)
    speed = rows / statistics.median(cost.seconds for cost in costs)
    floor = rows / statistics.median(floors)
    against = f"a loop over the same pages into one gzip file: {floor:,.0f} rows/s"
    yield Figure("extract.summaries.rows_per_s", speed, "rows/s", against, speed / floor)
    peak = statistics.median(cost.peak_mb for cost in costs)
    yield Figure("extract.peak_mb", peak, "MiB", f"its heap of {_HEAP_MB} MiB", peak / _HEAP_MB)


def _listings(bench: Workbench, into: Path) -> None:
    """What cannot be saved: every page asked for, parsed, and written as lines."""
    with gzip.open(into, "wb", compresslevel=1) as out:
        for athlete in bench.sandbox.control("GET", "athletes"):
            token = _access_token(bench, athlete["refresh_token"])
            page = 1
            while activities := _page(bench, token, page):
                out.writelines(json.dumps(activity).encode() + b"\n" for activity in activities)
                page += 1


def _access_token(bench: Workbench, refresh_token: str) -> str:
    form = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
    form |= {"grant_type": "refresh_token", "refresh_token": refresh_token}
    data = urllib.parse.urlencode(form).encode()
    with urllib.request.urlopen(f"{bench.sandbox.url}/oauth/token", data, timeout=30) as answer:  # noqa: S310 loopback
        return str(json.load(answer)["access_token"])


def _page(bench: Workbench, token: str, page: int) -> list[dict[str, object]]:
    url = f"{bench.sandbox.url}/api/v3/athlete/activities?per_page=200&page={page}"
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})  # noqa: S310 loopback
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 loopback
        return list(json.load(answer))
