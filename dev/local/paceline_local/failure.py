"""A failure the user can act on: what was being done, with which value, and what to do next."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from paceline_local.loopback import no_proxy_for_loopback

USAGE, UNAVAILABLE, BUG, TRY_AGAIN, CONFIGURATION = 64, 69, 70, 75, 78


class Failure(Exception):  # noqa: N818 it ends a command, it is not a defect
    """Printed as one sentence, without a stack trace; the command ends with its exit code."""

    def __init__(self, what: str, remedy: str, exit_code: int = CONFIGURATION) -> None:
        super().__init__(f"{what} {remedy}")
        self.exit_code = exit_code


def exit_with(command: Callable[[], int]) -> None:
    """Runs a command as a process: prints a Failure as one sentence; any other exception is a bug and keeps its trace.

    Neither this process nor any that it starts calls loopback through a proxy, or ignores Ctrl-C.
    """
    unwind_on_signals()
    os.environ.update(no_proxy_for_loopback(os.environ))
    try:
        code = command()
    except Failure as failure:
        print(f"paceline: {failure}", file=sys.stderr)
        code = failure.exit_code
    except KeyboardInterrupt:
        print("paceline: stopped from the keyboard; run it again to continue.", file=sys.stderr)
        code = 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code)


_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def unwind_on_signals() -> None:
    """Makes Ctrl-C, SIGTERM and a closed terminal end a command by an exception, so it stops what it started.

    Shells start background jobs with SIGINT and SIGQUIT ignored, and programs inherit that: it is undone here, and so for
    every program that this one starts.
    """

    def end(number: int, _frame: FrameType | None) -> None:
        sys.exit(128 + number)

    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGQUIT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, end)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as under nohup
        signal.signal(signal.SIGHUP, end)


@contextmanager
def ignoring_signals() -> Iterator[None]:
    """Ignores Ctrl-C and the like during a shutdown, so it cannot be interrupted halfway."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in _STOP_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
