"""Says what each step does, what came of it and how long it took; a step that fails is named, with its log."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Step:
    """One step while it runs: `result` is what its closing line says."""

    def __init__(self) -> None:
        self.result = "done"


class Steps:
    """Steps in turn share a line with their result; steps `side_by_side` begin and end with lines of their own."""

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
