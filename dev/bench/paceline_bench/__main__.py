"""`make bench [ONLY=prefix]`: one JSON line a figure, then a table."""

import os
import tempfile
from pathlib import Path

from paceline_local.failure import USAGE, Failure, exit_with
from paceline_local.places import ROOT
from paceline_local.tools import Tools

from paceline_bench import extracting, loading
from paceline_bench.figure import Figure, shown
from paceline_bench.workbench import workbench

GROUPS = {"extract.": extracting.measure, "load.": loading.measure}


def bench() -> int:
    only = os.environ.get("PACELINE_ONLY", "")
    groups = [measure for prefix, measure in GROUPS.items() if prefix.startswith(only) or only.startswith(prefix)]
    figures: list[Figure] = []
    ROOT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT, prefix="bench-") as folder, workbench(Tools.found(), Path(folder)) as bench_:
        for measure in groups:
            for figure in measure(bench_):
                if figure.name.startswith(only):
                    print(figure.line(), flush=True)
                    figures.append(figure)
    if not figures:
        raise Failure(f"No figure begins with '{only}'.", f"Prefixes are {', '.join(GROUPS)}.", USAGE)
    print("", *shown(figures), sep="\n")
    return 0


exit_with(bench)
