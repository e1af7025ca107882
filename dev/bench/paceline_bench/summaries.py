"""How fast summaries are extracted, compared with a loop that fetches the same pages."""

import gzip
import json
import statistics
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from paceline_local.sandbox import Sandbox

from paceline_bench.bare_client import BareClient
from paceline_bench.figure import Figure
from paceline_bench.whole_process import seconds_of
from paceline_bench.workbench import Workbench

RUNS = 3
ATHLETES, ACTIVITIES = 10, 5000


def measure(bench: Workbench) -> Iterator[Figure]:
    seconds, floors = [], []
    with bench.world(ATHLETES, ACTIVITIES) as sandbox:
        for number in range(RUNS):
            seconds.append(bench.cost(bench.new_stack(sandbox), "extract", "sync", "--streams", "activities").seconds)
            into = bench.folder / f"summaries-{number}.jsonl.gz"
            floors.append(seconds_of(lambda into=into: _copy(sandbox, into)))
    rows = ATHLETES * ACTIVITIES
    speed, floor = rows / statistics.median(seconds), rows / statistics.median(floors)
    against = f"a loop over the same pages into one gzip file: {floor:,.0f} rows/s"
    yield Figure("extract.summaries.rows_per_s", speed, "rows/s", against, speed / floor)


def _copy(sandbox: Sandbox, into: Path) -> None:
    """The unavoidable work: fetch every page, parse it, and write its activities as lines."""
    with gzip.open(into, "wb", compresslevel=1) as out:
        for athlete in sandbox.control("GET", "athletes"):
            with closing(BareClient(sandbox, athlete["refresh_token"])) as client:
                for page in client.pages():
                    out.writelines(json.dumps(activity).encode() + b"\n" for activity in page)
