"""Runs `extract`, `load` and dbt as an operator would, and reads what came of it from their reports."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paceline_local.clean_environment import clean_environment
from paceline_local.environments import VENVS
from paceline_local.failure import Failure
from paceline_local.java import jar_command
from paceline_local.logged import last_words
from paceline_local.places import CHECKOUT
from paceline_local.tools import Tools

PROJECT = CHECKOUT / "transformation"


@dataclass(frozen=True)
class Outcome:
    """How one process ended; `report` is its last line, empty where it wrote none."""

    exit_code: int
    report: dict[str, Any]
    log: Path

    def errors(self) -> list[dict[str, str]]:
        """The run's, or those of the accounts that failed in it."""
        parts = [self.report, *self.report.get("accounts", [])]
        return [part["error"] for part in parts if part.get("error")]

    def or_fail(self, name: str) -> dict[str, Any]:
        """The report, or the sentence of its error as a Failure with the same exit code."""
        if self.exit_code == 0:
            return self.report
        said = " ".join("{doing}: {what}; {remedy}.".format(**error) for error in self.errors())
        silent = f"{name} ended with exit {self.exit_code} and no report: {last_words(self.log)}."
        raise Failure(said or silent, f"Log: {self.log}", self.exit_code)


def jar_of(name: str) -> Path:
    return CHECKOUT / name / "target" / f"{name}.jar"


def run_jar(tools: Tools, name: str, words: Sequence[str], env: Mapping[str, str], log: Path) -> Outcome:
    """`run_jar(tools, "extract", ["sync", "strava"], env, log)`; only `env` names lakes, warehouses and accounts."""
    exit_code = wait_or_kill(start_jar(tools, name, words, env, log))
    return Outcome(exit_code, last_report(log.read_text(errors="replace")), log)


def wait_or_kill(process: subprocess.Popen[bytes]) -> int:
    """Whoever stops waiting, by Ctrl-C or SIGTERM, leaves no process behind that writes on."""
    try:
        return process.wait()
    except BaseException:
        process.kill()
        process.wait()
        raise


def start_jar(tools: Tools, name: str, words: Sequence[str], env: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
    """The same without waiting: for who wants to watch the process, or to kill it."""
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [*jar_command(tools, jar_of(name)), *words]
    with log.open("wb") as out:
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=clean_environment(env), cwd=log.parent
        )


def run_dbt(words: Sequence[str], env: Mapping[str, str], target: Path) -> Outcome:
    """dbt on our project; `target` is where it leaves its results and what lets the next run parse less."""
    log = target / "output.log"
    target.mkdir(parents=True, exist_ok=True)
    (target / "run_results.json").unlink(missing_ok=True)
    dbt = [VENVS / "transformation" / "bin" / "dbt", "--no-use-colors", *words]
    places = ["--project-dir", PROJECT, "--profiles-dir", PROJECT, "--target-path", target, "--log-path", target]
    with log.open("wb") as out:
        command = [str(word) for word in [*dbt, *places]]
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            env=clean_environment(env),
            cwd=PROJECT,
            check=False,
        )
    return Outcome(done.returncode, dbt_counts(target), log)


def dbt_counts(target: Path) -> dict[str, Any]:
    """`{"passed": n, "failed": n, "error": …}` out of run_results.json; models count as much as tests."""
    results = target / "run_results.json"
    if not results.exists():
        return {}
    rows = json.loads(results.read_text())["results"]
    failed = [row for row in rows if row["status"] in ("error", "fail", "runtime error", "skipped")]
    first = next((row for row in failed if row["status"] != "skipped"), None)
    said = " ".join(str(first.get("message") or first["status"]).split()) if first else ""
    error = {"doing": f"Building {first['unique_id']}", "what": said, "remedy": "see dbt's log"} if first else None
    return {"passed": len(rows) - len(failed), "failed": len(failed), "error": error}


def last_report(output: str) -> dict[str, Any]:
    """The last line, where it is a report."""
    lines = output.strip().splitlines()
    try:
        last = json.loads(lines[-1]) if lines else {}
    except json.JSONDecodeError:
        return {}
    return last if isinstance(last, dict) and "report" in last else {}
