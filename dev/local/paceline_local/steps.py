"""Prints what each step does, its result and how long it took, also if it fails."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Step:
    """One step while it runs; `result` is printed on its last line."""

    def __init__(self) -> None:
        self.result = "done"


class Steps:
    """A sequential step is one line with its result; steps that run `side_by_side` have separate lines for start and end."""

    def __init__(self, side_by_side: bool = False) -> None:
        self._side_by_side = side_by_side
        self._printing = threading.Lock()

    @contextmanager
    def step(self, name: str, doing: str) -> Iterator[Step]:
        self._print(f"  {name:<15} {doing} …", end="\n" if self._side_by_side else " ")
        began = time.monotonic()
        step = Step()
        try:
            yield step
        except BaseException:
            self._close(name, "failed", began)
            raise
        self._close(name, step.result, began)

    def say(self, name: str, text: str) -> None:
        self._print(f"  {name:<15} {text}")

    def _close(self, name: str, result: str, began: float) -> None:
        start = f"  {name:<15} " if self._side_by_side else ""
        self._print(f"{start}{result} ({time.monotonic() - began:.1f} s)")

    def _print(self, text: str, end: str = "\n") -> None:
        with self._printing:
            sys.stdout.write(text + end)
            sys.stdout.flush()
