"""How fast details and long streams are extracted, compared with a bare loop of the same calls."""

import gzip
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
ACTIVITIES = 1000
POINTS = 10_000
STREAMS = "activities,activity_details,activity_streams"
_KEYS = "time,distance,latlng,altitude,velocity_smooth,heartrate,cadence,watts,temp,moving,grade_smooth"


def measure(bench: Workbench) -> Iterator[Figure]:
    """Both make their calls sequentially, and the sandbox returns precompressed bodies."""
    costs, floors = [], []
    with bench.world(1, ACTIVITIES, "--stream-points", str(POINTS)) as sandbox:
        for number in range(RUNS):
            words = ("--streams", STREAMS, "--verify-calls", "0")
            costs.append(bench.cost(bench.new_stack(sandbox), "extract", "sync", *words))
            into = bench.folder / f"details-{number}.jsonl.gz"
            floors.append(seconds_of(lambda into=into: _copy(sandbox, into)))
    speed = ACTIVITIES / statistics.median(cost.seconds for cost in costs)
    floor = ACTIVITIES / statistics.median(floors)
    own = statistics.median(cost.cpu_seconds for cost in costs) / ACTIVITIES
    against = (
        f"a loop over the same calls, unpacked into one gzip file of level 1 and not parsed:"
        f" {floor:,.0f} activities/s; each took extract {own * 1000:.1f} ms of processor time;"
        f" streams of {POINTS:,} points"
    )
    yield Figure("extract.details.activities_per_s", speed, "activities/s", against, speed / floor)


def _copy(sandbox: Sandbox, into: Path) -> None:
    """The unavoidable work: fetch every body, unpack it, and write it as a line."""
    athlete = sandbox.control("GET", "athletes")[0]
    with gzip.open(into, "wb", compresslevel=1) as out, closing(BareClient(sandbox, athlete["refresh_token"])) as client:
        activities = [activity for page in client.pages() for activity in page]
        for activity in activities:
            detail = f"/activities/{activity['id']}"
            out.writelines((client.get(f"{detail}?include_all_efforts=true"), b"\n"))
            if not activity["manual"]:
                out.writelines((client.get(f"{detail}/streams?keys={_KEYS}&key_by_type=true"), b"\n"))
