"""How much memory a first import takes, and whether that grows with the amount of data."""

from collections.abc import Iterator

from paceline_bench.details import STREAMS
from paceline_bench.figure import Figure
from paceline_bench.workbench import Workbench

FEW, MANY = 1_000, 10_000
# Ten thousand streams of ten thousand points would take most of an hour.
POINTS = 1_000
HEAP_MB = 128


def measure(bench: Workbench) -> Iterator[Figure]:
    """One run of each size: the large one takes minutes, and repeating it would not lower the peak."""
    few, many = _peak(bench, FEW), _peak(bench, MANY)
    size = f"{MANY:,} activities with details and streams of {POINTS:,} points, one run"
    yield Figure("extract.peak_mb", many, "MiB", f"a heap of {HEAP_MB} MiB; {size}", many / HEAP_MB)
    yield Figure("extract.peak_growth_mb", many - few, "MiB", f"{few:,.0f} MiB for {FEW:,} activities", many / few)


def _peak(bench: Workbench, activities: int) -> float:
    with bench.world(1, activities, "--stream-points", str(POINTS)) as sandbox:
        stack = bench.new_stack(sandbox)
        return bench.cost(stack, "extract", "sync", "--streams", STREAMS, "--verify-calls", "0").peak_mb
