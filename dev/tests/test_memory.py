"""Memory does not grow with the number of activities: a laptop's heap is enough for any import (`dev/java.options`)."""

from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

from paceline_bench.bounds import BOUNDS
from paceline_bench.whole_process import cost_of
from paceline_local.commands import last_report, start_jar
from paceline_local.paths import CHECKOUT
from paceline_local.stack import SOURCE
from stacks import NewStack

FEW, MANY = 60, 600
POINTS = 2_000


def test_an_import_stays_below_256_mb_and_ten_times_the_activities_need_hardly_more(new_stack: NewStack) -> None:
    assert "-Xmx128m" in (CHECKOUT / "dev" / "java.options").read_text().split()
    few, many = peak_mb(new_stack, FEW), peak_mb(new_stack, MANY)
    assert many < BOUNDS["extract.peak_mb"].limit
    assert many - few < BOUNDS["extract.peak_growth_mb"].limit


def peak_mb(new_stack: NewStack, activities: int) -> float:
    """The peak resident memory of a first import with details and streams."""
    stack = new_stack("--activities", str(activities), "--stream-points", str(POINTS))
    log = stack.variant.logs / "extract-measured.log"
    start = partial(start_jar, stack.tools, "extract", ["sync", SOURCE], stack.extract_environment(), log)
    # From a fresh process: the peak of a child includes what the process that starts it held before, here earlier tests.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
        peak = fresh.submit(cost_of, start, log).result().peak_mb
    (account,) = last_report(log.read_text())["accounts"]
    assert account["streams"]["activity_details"]["upserts"] == activities
    assert account["streams"]["activity_streams"]["upserts"] > activities / 2
    print(f"{activities} activities: {peak:.0f} MB")
    return peak
