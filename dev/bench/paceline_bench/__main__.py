"""`make bench [ONLY=prefix]`: one JSON line per figure, then a table."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from paceline_local.failure import USAGE, Failure, exit_with
from paceline_local.paths import ROOT
from paceline_local.tools import Tools

from paceline_bench import calls, details, images, loading, memory, start, summaries
from paceline_bench.figure import Figure, table_lines
from paceline_bench.workbench import Workbench, workbench

# The figures of each measurement, which runs if any of its names is selected.
MEASURES: dict[Callable[[Workbench], Iterator[Figure]], tuple[str, ...]] = {
    start.measure: ("extract.start_over_java",),
    calls.measure: (
        "extract.first_import.calls_over_minimum",
        "extract.daily.calls_over_minimum",
        "extract.counters.details_refetched",
    ),
    summaries.measure: ("extract.summaries.rows_per_s",),
    details.measure: ("extract.details.activities_per_s",),
    memory.measure: ("extract.peak_mb", "extract.peak_growth_mb"),
    loading.measure: (
        "load.stage.over_floor",
        "load.check_s",
        "load.publish.over_floor",
        "load.publish_wal.over_floor",
        "load.noop_s",
    ),
    images.measure: tuple(figure for name in images.NAMES for figure in (f"image.{name}_mb", f"image.{name}.start_over_noop_s")),
}


def bench() -> int:
    only = os.environ.get("PACELINE_ONLY", "")
    chosen = [measure for measure, names in MEASURES.items() if any(name.startswith(only) for name in names)]
    if not chosen:
        names = ", ".join(name for names in MEASURES.values() for name in names)
        raise Failure(f"No figure begins with '{only}'.", f"Choose from {names}.", USAGE)
    figures: list[Figure] = []
    ROOT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT, prefix="bench-") as folder, workbench(Tools.found(), Path(folder)) as bench_:
        for measure in chosen:
            for figure in measure(bench_):
                if figure.name.startswith(only):
                    print(figure.line(), flush=True)
                    figures.append(figure)
    print("", *table_lines(figures), sep="\n")
    return 0


exit_with(bench)
