"""Is the process of a pid file still the one that wrote it? A number alone may be another's by now."""

import os
import signal
import subprocess

# Above every system's highest pid.
NO_PROCESS = 99_999_999


def exists(pid: int) -> bool:
    """Has any process, even a zombie, this number?"""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def is_running(pid: int, mark: str) -> bool:
    """True where `pid` lives and `mark` stands in its command line."""
    shown = subprocess.run(
        ["ps", "-ww", "-o", "stat=", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    state, _, command = shown.stdout.strip().partition(" ")
    return mark in command and not state.startswith("Z")


def terminate(pid: int, sign: signal.Signals = signal.SIGTERM) -> None:
    """Asks one process to end; one that has ended meanwhile is as good."""
    try:
        os.kill(pid, sign)
    except ProcessLookupError:
        return


def signal_group(group: int, sign: signal.Signals) -> None:
    """Tells every process of a group; one that is empty by now is as good. macOS refuses where only zombies are left."""
    try:
        os.killpg(group, sign)
    except (ProcessLookupError, PermissionError):
        return


def kill_group(group: int) -> None:
    signal_group(group, signal.SIGKILL)
