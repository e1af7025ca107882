"""A command that a shell started as a background job, with SIGINT and SIGQUIT ignored, stops at Ctrl-C all the same."""

import signal
import subprocess
import sys

import pytest
from paceline_local.paths import CHECKOUT
from paceline_local.waiting import PATIENCE

IGNORED = "import signal; print(*(signal.getsignal(each) is signal.SIG_IGN for each in (signal.SIGINT, signal.SIGQUIT)))"
WAITS = "print('up', flush=True); signal.pause()"


def in_background(command: str) -> "subprocess.Popen[str]":
    program = f"""
import signal, subprocess, sys
from paceline_local.failure import exit_with
def main():
    {command}
    return 0
exit_with(main)
"""
    return subprocess.Popen(
        ["sh", "-c", 'trap "" INT QUIT; exec "$0" -c "$1"', sys.executable, program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": str(CHECKOUT / "dev" / "local")},
    )


def test_ctrl_c_stops_it() -> None:
    with in_background(WAITS) as process:
        assert process.stdout.readline() == "up\n"
        process.send_signal(signal.SIGINT)
        _, error = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert error.startswith("paceline: stopped from the keyboard")


def test_what_it_starts_does_not_ignore_them_either() -> None:
    with in_background(f"subprocess.run([sys.executable, '-c', {IGNORED!r}], check=True)") as process:
        out, error = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (0, "False False\n"), error


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGQUIT])
def test_a_shell_job_ignores_them_otherwise(sign: signal.Signals) -> None:
    """Otherwise the tests above would show nothing."""
    script = f"trap '' {sign.name[3:]}; exec {sys.executable} -c '{IGNORED}'"
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == ("True False\n" if sign is signal.SIGINT else "False True\n")
