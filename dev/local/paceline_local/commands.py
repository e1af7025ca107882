"""Runs `extract`, `load` and dbt as an operator would, and reads the outcome from their reports."""

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paceline import report

from paceline_local.clean_environment import clean_environment
from paceline_local.environments import VENVS
from paceline_local.failure import Failure
from paceline_local.java import jar_command
from paceline_local.logged import error_line
from paceline_local.paths import CHECKOUT
from paceline_local.tools import Tools

_PROJECT = CHECKOUT / "transformation"
# Works from any folder. `env` execs Python, so a signal to the process reaches dbt.
DBT = ["env", f"PYTHONPATH={_PROJECT}", str(VENVS / "transformation" / "bin" / "python"), "-m", "paceline_dbt"]


@dataclass(frozen=True)
class Outcome:
    """How one process ended; `report` is its last line, or empty if it wrote none."""

    exit_code: int
    report: dict[str, Any]
    log: Path

    def errors(self) -> list[dict[str, str]]:
        """The error of the run, or those of the accounts that failed in it."""
        parts = [self.report, *self.report.get("accounts", [])]
        return [part["error"] for part in parts if part.get("error")]

    def or_fail(self, name: str) -> dict[str, Any]:
        """The report, or a Failure with the report's error message and the same exit code."""
        if self.exit_code == 0:
            return self.report
        messages = " ".join("{doing}: {what}; {remedy}.".format(**error) for error in self.errors())
        silent = f"{name} ended with exit {self.exit_code} and no report: {error_line(self.log)}."
        raise Failure(messages or silent, f"Log: {self.log}", self.exit_code)


def jar_of(name: str) -> Path:
    return CHECKOUT / name / "target" / f"{name}.jar"


def run_jar(tools: Tools, name: str, words: Sequence[str], env: Mapping[str, str], log: Path) -> Outcome:
    """`run_jar(tools, "extract", ["sync", "strava"], env, log)`; only `env` names lakes, warehouses and accounts."""
    exit_code = wait_or_kill(start_jar(tools, name, words, env, log))
    return Outcome(exit_code, last_report(log.read_text(errors="replace")), log)


def wait_or_kill(process: subprocess.Popen[bytes]) -> int:
    """If the wait is interrupted, by Ctrl-C or SIGTERM, the process is killed, so it cannot keep writing."""
    try:
        return process.wait()
    except BaseException:
        process.kill()
        process.wait()
        raise


def start_jar(tools: Tools, name: str, words: Sequence[str], env: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
    """The same without waiting, for callers that watch or kill the process."""
    return _start([*jar_command(tools, jar_of(name)), *words], env, log)


def run_dbt(words: Sequence[str], env: Mapping[str, str], target: Path) -> Outcome:
    """Runs dbt on our project; `target` gets its results and the partial parse that speeds up the next run."""
    exit_code = wait_or_kill(start_dbt(words, env, target))
    log = dbt_log(target)
    return Outcome(exit_code, last_report(log.read_text(errors="replace")), log)


def start_dbt(words: Sequence[str], env: Mapping[str, str], target: Path) -> subprocess.Popen[bytes]:
    """The same without waiting."""
    paths = {"DBT_TARGET_PATH": str(target), "DBT_LOG_PATH": str(target)}
    return _start([*DBT, *words], {**paths, **env}, dbt_log(target))


def dbt_log(target: Path) -> Path:
    return target / "output.log"


def _start(command: Sequence[str], env: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as out:
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=clean_environment(env), cwd=log.parent
        )


def last_report(output: str) -> dict[str, Any]:
    """The last line, if it is a report."""
    return dict(report.last_report(output.strip().splitlines()[-1:]) or {})
