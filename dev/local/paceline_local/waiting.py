"""Polls a condition until it is true or a deadline has passed."""

import time
from collections.abc import Callable

from paceline_local.failure import UNAVAILABLE, Failure


def wait_until(ready: Callable[[], bool], what: str, remedy: str, seconds: float = 60) -> None:
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
