"""A lock file, which the kernel releases when its holder ends, however it ends."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from paceline_local.failure import TRY_AGAIN, Failure


@contextmanager
def exclusive_lock(lock: Path, doing: str) -> Iterator[None]:
    """Holds `lock`. Raises a Failure with exit 75 if another process holds it."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Failure(f"Another command is {doing} ({lock}).", "Try again once it has ended.", TRY_AGAIN) from None
        yield
