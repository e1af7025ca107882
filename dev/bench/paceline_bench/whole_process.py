"""Runs a process and measures its elapsed time, processor time and peak memory."""

import os
import platform
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from paceline_local.failure import UNAVAILABLE, Failure
from paceline_local.logged import error_line


@dataclass(frozen=True)
class Cost:
    """The cost of one process from start to end."""

    seconds: float
    cpu_seconds: float
    peak_mb: float


def cost_of(start: Callable[[], subprocess.Popen[bytes]], log: Path) -> Cost:
    began = time.monotonic()
    process = start()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise Failure(f"A measured process failed with exit {process.returncode}: {error_line(log)}", f"Log: {log}.", UNAVAILABLE)
    unit = 1 if platform.system() == "Darwin" else 1024
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 2**20)


def seconds_of(work: Callable[[], object]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began
