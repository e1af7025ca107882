"""Checks whether a pid still belongs to the process that wrote it to a file: pids are reused."""

import os
import signal
import subprocess

# Above the highest pid of any system.
NO_PROCESS = 99_999_999


def exists(pid: int) -> bool:
    """Returns whether any process, even a zombie, has this pid."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def is_running(pid: int, mark: str) -> bool:
    """Returns whether `pid` runs and has `mark` in its command line."""
    shown = subprocess.run(
        ["ps", "-ww", "-o", "stat=", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    state, _, command = shown.stdout.strip().partition(" ")
    return mark in command and not state.startswith("Z")


def signal_group(group: int, sign: signal.Signals) -> None:
    """Signals every process of a group, or none if it is empty. macOS refuses if only zombies are left."""
    try:
        os.killpg(group, sign)
    except (ProcessLookupError, PermissionError):
        return


def kill_group(group: int) -> None:
    signal_group(group, signal.SIGKILL)
