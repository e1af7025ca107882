"""Polls a condition until it is true or a deadline has passed."""

import os
import time
from collections.abc import Callable

from paceline_local.failure import UNAVAILABLE, Failure

# How long whatever has no deadline of its own may take. The tests set ten minutes: none may fail because the machine is busy.
PATIENCE = float(os.environ.get("PACELINE_PATIENCE", "60"))


def wait_until(ready: Callable[[], bool], what: str, remedy: str, seconds: float = PATIENCE) -> None:
    if not becomes_true(ready, seconds):
        raise Failure(f"{what} within {seconds:.0f} s.", remedy, UNAVAILABLE)


def becomes_true(ready: Callable[[], bool], seconds: float) -> bool:
    """The same, but returns False after the deadline."""
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
