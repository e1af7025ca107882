"""Prints what each step does, its result and how long it took, also if it fails."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Step:
    """One step while it runs; `result` is printed on its last line."""

    def __init__(self) -> None:
        self.result = "done"


class Steps:
    """A sequential step is one line with its result; steps that run `side_by_side` have separate lines for start and end."""

    def __init__(self, side_by_side: bool = False, clock: Callable[[], float] = time.monotonic) -> None:
        self._side_by_side = side_by_side
        self._clock = clock
        self._printing = threading.Lock()

    @contextmanager
    def step(self, name: str, doing: str) -> Iterator[Step]:
        self._begin(name, doing)
        began = self._clock()
        step = Step()
        try:
            yield step
        except BaseException:
            self._close(name, "failed", began)
            raise
        self._close(name, step.result, began)

    @contextmanager
    def step_and_rest(self, name: str, doing: str, whose: str) -> Iterator[Callable[[str], None]]:
        """A sequential step that ends when the yielded function is called with its result.

        The line stays open until the block ends: it shows the time that passes before the next step, and who takes it.
        """
        self._begin(name, doing)
        began = self._clock()
        ended: list[float] = []

        def end(result: str) -> None:
            ended.append(self._clock())
            self._print(f"{result} ({ended[0] - began:.1f} s", end="")

        try:
            yield end
        finally:
            if not ended:
                end("failed")
            self._print(f", {whose} {self._clock() - ended[0]:.1f} s)")

    def say(self, name: str, text: str) -> None:
        self._print(f"  {name:<15} {text}")

    def _begin(self, name: str, doing: str) -> None:
        self._print(f"  {name:<15} {doing} …", end="\n" if self._side_by_side else " ")

    def _close(self, name: str, result: str, began: float) -> None:
        start = f"  {name:<15} " if self._side_by_side else ""
        self._print(f"{start}{result} ({self._clock() - began:.1f} s)")

    def _print(self, text: str, end: str = "\n") -> None:
        with self._printing:
            sys.stdout.write(text + end)
            sys.stdout.flush()
