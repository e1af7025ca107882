"""Runs a program with its output in a log; if it fails, the error names that log."""

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from paceline_local.failure import UNAVAILABLE, Failure

_ERROR = re.compile(r"\b(?:ERROR|FATAL)\b|\berror:|^Exception in thread")


def run_logged(
    name: str,
    command: Sequence[str | Path],
    log: Path,
    *,
    env: Mapping[str, str] | None = None,
    environment: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> None:
    """`env` is added to this shell's environment; `environment` replaces it."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as out:
        done = subprocess.run(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(env or {})} if environment is None else environment,
            cwd=cwd,
            check=False,
        )
    if done.returncode:
        raise Failure(f"The step {name} failed with exit {done.returncode}: {error_line(log)}", f"Its log is {log}.", UNAVAILABLE)


def error_line(log: Path) -> str:
    """The first line of a log that shows an error, or else the last line."""
    if not log.exists():
        return "it has no log"
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
    errors = [line for line in lines if _ERROR.search(line)]
    return (errors or lines or ["its log is empty"])[0 if errors else -1][:300]
