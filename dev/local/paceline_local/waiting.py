"""Waits for a thing to become true, by asking again until a deadline."""

import time
from collections.abc import Callable

from paceline_local.failure import UNAVAILABLE, Failure


def wait_until(ready: Callable[[], bool], what: str, remedy: str, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            raise Failure(f"{what} within {seconds:.0f} s.", remedy, UNAVAILABLE)
        time.sleep(0.05)
