"""A request to stop, from ECS (SIGTERM) or the keyboard (SIGINT)."""

import signal
from types import FrameType
from typing import Never

from paceline_dbt.exits import Exit
from paceline_dbt.failure import Failure

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Stopped(KeyboardInterrupt):
    """Unwinds dbt like Ctrl-C: dbt then cancels its statements in the warehouse before it exits."""


class Stop:
    """Listens from the start of the process; only the first signal counts."""

    def __init__(self) -> None:
        self.requested_by = ""

    def listen(self) -> None:
        for number in _SIGNALS:
            signal.signal(number, self._on_signal)

    def ignore(self) -> None:
        """From now on no signal interrupts: what is left to do takes no time."""
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_IGN)

    def unwind(self) -> Never:
        raise Stopped(f"Asked to stop by {self.requested_by}.")

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        self.ignore()
        self.requested_by = signal.Signals(number).name
        self.unwind()

    def failure(self, step: str) -> Failure:
        return Failure(
            Exit.TRY_AGAIN,
            f"Running dbt {step}".rstrip(),
            f"the run was asked to stop ({self.requested_by})",
            "run the same command again: it rebuilds every model",
        )
