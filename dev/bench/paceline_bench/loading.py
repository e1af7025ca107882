"""How long staging takes compared with a bare COPY of the same rows, and how long a load with nothing to do takes."""

import gzip
import shutil
import statistics
from collections.abc import Iterator
from pathlib import Path

from paceline_local.commands import start_jar
from paceline_local.stack import Stack

from paceline_bench.figure import Figure, median
from paceline_bench.whole_process import cost_of, seconds_of
from paceline_bench.workbench import Workbench

RUNS = 3
ATHLETES, ACTIVITIES = 10, 5000
_TABLE = "strava_stage.activities"
_CHUNK = 1 << 20


def measure(bench: Workbench) -> Iterator[Figure]:
    with bench.world(ATHLETES, ACTIVITIES) as sandbox:
        stack = bench.new_stack(sandbox)
        stack.extract("--streams", "athlete,activities").or_fail("extract")
        yield from _measure(bench, stack)


def _measure(bench: Workbench, stack: Stack) -> Iterator[Figure]:
    stages = [bench.cost(stack, "load", "stage").seconds for _ in range(RUNS)]
    rows = bench.folder / "rows.gz"
    _prepare(stack, rows)
    floor = median(RUNS, lambda: seconds_of(lambda: _copy(stack, rows)))
    count = stack.warehouse.rows(f"select count(*) from {_TABLE}")[0][0]
    ratio = statistics.median(stages) / floor
    against = f"gunzip and binary COPY of the same {count:,} rows: {floor:.2f} s"
    yield Figure("load.stage.over_floor", ratio, "times", against, ratio)

    stack.load().or_fail("load")
    noop = median(RUNS, lambda: bench.cost(stack, "load", "run").seconds)
    version = median(RUNS, lambda: _version(bench, stack))
    yield Figure("load.noop_s", noop, "s", f"`load --version`: {version:.2f} s", noop / version)


def _prepare(stack: Stack, into: Path) -> None:
    """The staged rows in the format load sends them, compressed like the lake."""
    with stack.warehouse.connect() as connection, gzip.open(into, "wb", compresslevel=1) as out:
        with connection.cursor().copy(f"copy {_TABLE} to stdout (format binary)") as copy:
            for block in copy:
                out.write(block)
        connection.execute(f"create unlogged table public.floor (like {_TABLE} including all)")


def _copy(stack: Stack, rows: Path) -> None:
    with stack.warehouse.connect() as connection, gzip.open(rows) as blocks:
        connection.execute("truncate public.floor")
        with connection.cursor().copy("copy public.floor from stdin (format binary)") as copy:
            shutil.copyfileobj(blocks, copy, _CHUNK)


def _version(bench: Workbench, stack: Stack) -> float:
    log = stack.variant.logs / "version.log"
    return cost_of(lambda: start_jar(bench.tools, "load", ["--version"], {}, log), log).seconds
