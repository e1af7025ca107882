"""`dev/setup`: builds what is missing or outdated: the jars and Postgres by Maven, the Python environments by uv."""

import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from paceline_local import binaries, environments, java_build
from paceline_local.failure import USAGE, Failure, exit_with
from paceline_local.file_lock import exclusive_lock
from paceline_local.paths import ROOT
from paceline_local.steps import Steps
from paceline_local.tools import Tools

Part = tuple[str, str, Callable[[], bool], Callable[[], None]]


def parts(tools: Tools) -> list[list[Part]]:
    """Lanes run in parallel, each sequentially: two Mavens would conflict in their repository, and so would two uvs."""
    binary = binaries.for_this_machine()
    return [
        [
            ("java", "building the jars with Maven", java_build.is_built, lambda: java_build.build(tools)),
            ("postgres", f"fetching {binary.artifact}", binary.is_unpacked, lambda: binary.unpack(tools)),
        ],
        [
            (
                name,
                f"making .venv/{name}",
                lambda name=name: environments.is_made(name, tools),
                lambda name=name: environments.make(name, tools),
            )
            for name in environments.LOCKS
        ],
    ]


def prepare(requested: Sequence[str]) -> int:
    lanes = parts(Tools.found())
    names = [name for lane in lanes for name, *_ in lane]
    unknown = sorted(set(requested) - set(names))
    if unknown:
        raise Failure(f"dev/setup does not know '{unknown[0]}'.", f"Choose from: {', '.join(names)}.", USAGE)
    chosen = set(requested) or set(names) - environments.ONLY_ON_REQUEST
    lanes = [[part for part in lane if part[0] in chosen] for lane in lanes]
    with exclusive_lock(ROOT / "setup.lock", "setting up"):
        missing = [[part for part in lane if not part[2]()] for lane in lanes]
        if any(missing):
            _run(missing)
    return 0


def _run(lanes: list[list[Part]]) -> None:
    print("Setting up (once, and again after changes)", flush=True)
    steps = Steps(side_by_side=True)

    def in_turn(lane: list[Part]) -> None:
        for name, doing, _, work in lane:
            with steps.step(name, doing):
                work()

    with ThreadPoolExecutor(len(lanes)) as pool:
        running = [pool.submit(in_turn, lane) for lane in lanes]
    for lane_done in running:
        lane_done.result()


if __name__ == "__main__":
    exit_with(lambda: prepare(sys.argv[1:]))
