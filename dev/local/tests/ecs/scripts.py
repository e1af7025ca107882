"""Scripts that tests run in containers, and their results: pids, logs, threads."""

import threading

from paceline_local.processes import is_running
from paceline_local.waiting import wait_until

from .world import World

# Prints its pid, and waits without a child process.
WAITS = "echo up $$; exec sleep 60"
# Prints a line when it ignores a SIGTERM.
IGNORES_TERM = "trap 'echo ignored' TERM; echo up $$; while :; do sleep 0.1; done"
STUBBORN = "trap '' TERM; echo up $$; while :; do sleep 0.1; done"


def pid_of(world: World, arn: str) -> int:
    """The pid of a script that prints `up PID` first."""
    wait_until(lambda: world.logs.is_dir() and any(text.startswith("up ") for text in texts(world, arn)), f"{arn} is not up", "")
    return int(next(text for text in texts(world, arn) if text.startswith("up ")).split()[1])


def texts(world: World, arn: str) -> list[str]:
    return [file.read_text() for file in world.logs.glob(f"*{arn.rsplit('/', 1)[-1]}.log")]


def no_thread_is_left() -> None:
    def named() -> list[str]:
        return [thread.name for thread in threading.enumerate() if thread.name.startswith(("task-", "container-"))]

    wait_until(lambda: not named(), "Threads of ended tasks keep running", "", seconds=10)


def is_gone(sleep: int) -> None:
    """Waits for the end of a child process; whatever process inherits it may leave it a zombie for a while."""
    wait_until(lambda: not is_running(sleep, "sleep"), f"The process {sleep} did not end", "", seconds=10)
