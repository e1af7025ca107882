"""A failure somebody can act on: what was being done, with which value, and what to do next."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

USAGE, UNAVAILABLE, BUG, TRY_AGAIN, CONFIGURATION = 64, 69, 70, 75, 78


class Failure(Exception):  # noqa: N818 it ends a command, it is no defect
    """Printed as one sentence, without a trace; the command ends with its exit code."""

    def __init__(self, what: str, remedy: str, exit_code: int = CONFIGURATION) -> None:
        super().__init__(f"{what} {remedy}")
        self.exit_code = exit_code


def exit_with(command: Callable[[], int]) -> None:
    """Runs a command as a process: a Failure is one sentence; anything else thrown is a bug and keeps its trace."""
    try:
        code = command()
    except Failure as failure:
        print(f"paceline: {failure}", file=sys.stderr)
        code = failure.exit_code
    except KeyboardInterrupt:
        print("paceline: stopped from the keyboard; run it again and it takes up where it was.", file=sys.stderr)
        code = 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code)


_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def unwind_on_signals() -> None:
    """SIGTERM, and a terminal that is closed, end a command as Ctrl-C does: what was started ends with whoever started it."""

    def end(number: int, _frame: FrameType | None) -> None:
        sys.exit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # as under nohup
            signal.signal(number, end)


@contextmanager
def ignoring_signals() -> Iterator[None]:
    """What ends others is not itself ended half-way: who presses Ctrl-C once more waits all the same."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in _ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
