"""Marks the processes that we start, so that a later command finds those that a killed one left running.

The mark is an environment variable, which children inherit and only the owner can read: it still identifies a process that
has renamed itself or left its group, and whose starter was killed before it could write down a pid. It names the folder that
the process works for, so nothing else is ever found.
"""

import os
import signal
import subprocess
from pathlib import Path

from paceline_local.failure import UNAVAILABLE, Failure
from paceline_local.waiting import becomes_true

_NAME = "STARTED_BY_PACELINE_FOR"
_PROC = Path("/proc")
_UNTIL_GONE = 10


def mark(folder: Path) -> dict[str, str]:
    """The variable to start a process with."""
    return {_NAME: str(folder.resolve())}


def marked(folder: Path) -> set[int]:
    """The pids of all running processes that were started for the folder."""
    entry = f"{_NAME}={folder.resolve()}"
    found = _in_proc(entry) if (_PROC / "self" / "environ").exists() else _in_ps(entry)
    return found - {os.getpid()}


def end_marked(folder: Path, grace: float) -> int:
    """Ends the processes of the folder: SIGTERM, and SIGKILL after `grace` seconds. Returns how many there were."""
    before = marked(folder)
    if before:
        _signal(before, signal.SIGTERM)
        becomes_true(lambda: not marked(folder), grace)
        becomes_true(lambda: not _signal(marked(folder), signal.SIGKILL), _UNTIL_GONE)
    left = marked(folder)
    if left:
        pids = ", ".join(map(str, sorted(left)))
        raise Failure(f"Processes of {folder} did not end although they were killed: {pids}.", "Kill them by hand.", UNAVAILABLE)
    return len(before)


def _signal(pids: set[int], sign: signal.Signals) -> set[int]:
    for pid in pids:
        try:
            os.kill(pid, sign)
        except ProcessLookupError:
            continue
    return pids


def _in_proc(entry: str) -> set[int]:
    wanted = entry.encode()
    return {int(process.name) for process in _PROC.iterdir() if process.name.isdigit() and wanted in _environment(process)}


def _environment(process: Path) -> list[bytes]:
    """Empty for a zombie, for a process that has ended, and for one of another user."""
    try:
        if process.stat().st_uid != os.geteuid():
            return []
        return (process / "environ").read_bytes().split(b"\0")
    except OSError:
        return []


def _in_ps(entry: str) -> set[int]:
    """Without /proc, as on macOS: `ps -E` shows the environment of one's own processes behind their command line."""
    shown = subprocess.run(
        ["ps", "-x", "-ww", "-E", "-o", "pid=,stat=,command="], capture_output=True, text=True, check=True
    ).stdout
    rows = [line.split(maxsplit=2) for line in shown.splitlines()]
    return {int(row[0]) for row in rows if len(row) == 3 and not row[1].startswith("Z") and f" {entry} " in f" {row[2]} "}
