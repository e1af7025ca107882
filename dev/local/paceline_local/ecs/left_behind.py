"""Containers whose endpoint was killed: the next endpoint of the same log folder ends them, and so does `make stop`.

An endpoint locks its folder. The kernel releases the lock however the endpoint ends, so whoever holds it next knows that no
container of the folder is still watched.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from paceline_local.ecs.processes import ProcessRunner
from paceline_local.failure import TRY_AGAIN, Failure
from paceline_local.file_lock import exclusive_lock


@contextmanager
def owning(logs: Path) -> Iterator[None]:
    """Raises a Failure with exit 75 if a running endpoint owns the folder."""
    with exclusive_lock(logs.with_name(f"{logs.name}.lock"), f"running the containers of {logs}"):
        yield


@dataclass(frozen=True)
class LeftContainers:
    """What an endpoint with processes as containers has left running in this log folder."""

    logs: Path

    def stop(self) -> bool:
        """Returns whether there was anything. The containers of a running endpoint are left alone: they end with it."""
        if not self.logs.is_dir():
            return False
        try:
            with owning(self.logs):
                return ProcessRunner({}).end_left_behind(self.logs)
        except Failure as failure:
            if failure.exit_code != TRY_AGAIN:
                raise
            return False
