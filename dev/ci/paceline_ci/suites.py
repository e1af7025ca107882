"""`make test`: runs Java beside the Python units and the DAGs, end to end once the jars are there, and sums up all suites."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from paceline_local.class_archive import write_archives
from paceline_local.environments import VENVS
from paceline_local.failure import Failure, exit_with
from paceline_local.file_lock import exclusive_lock
from paceline_local.java_build import JARS, begin_build, mark_built
from paceline_local.logged import run_logged
from paceline_local.paths import CHECKOUT, LOGS, ROOT
from paceline_local.steps import Steps
from paceline_local.tools import Tools

from paceline_ci.summary import RESULTS, from_pytest, summarise, summary_lines


@dataclass(frozen=True)
class Suite:
    """Folders for one run of pytest, with the environment and configuration that they need."""

    name: str
    folders: tuple[str, ...]
    environment: str = "dev"
    config: str = "pyproject.toml"
    workers: int = 1


UNITS = Suite("python", ("dev/local/tests", "dev/ci/tests", "dev/bench/tests"))
DAGS = Suite("orchestration", ("orchestration/tests",), environment="orchestration", config="orchestration/pytest.ini")
# More workers than cores: the tests of Airflow mostly wait for its scheduler.
END_TO_END = Suite("end-to-end", ("dev/tests",), workers=3)


def run_suites() -> int:
    tools = Tools.found()
    steps = Steps(side_by_side=True)
    with exclusive_lock(ROOT / "test.lock", "running the tests"):
        _delete_old_results()
        with ThreadPoolExecutor(2) as pool:
            java = pool.submit(_java, tools, steps)
            others = [pool.submit(run_pytest, suite, steps) for suite in (UNITS, DAGS)]
            problems = [java.result()]
            if all((CHECKOUT / jar).is_file() for jar in JARS):
                problems.append(run_pytest(END_TO_END, steps))
        problems += [done.result() for done in others]
        problems = list(filter(None, problems))
        print(*problems, sep="\n")
        exit_code = summarise()
    return exit_code or int(bool(problems))


def _delete_old_results() -> None:
    shutil.rmtree(RESULTS, ignore_errors=True)
    RESULTS.mkdir(parents=True)
    for reports in CHECKOUT.glob("**/target/surefire-reports"):
        shutil.rmtree(reports)


def _java(tools: Tools, steps: Steps) -> str:
    """Tests all modules, even if one fails: the summary shows which. Also builds the jars for the end-to-end tests."""
    digest = begin_build()
    problem = run_maven(tools, steps, "building and testing the modules", "verify")
    if not problem:
        write_archives(tools)
        mark_built(digest)
    return problem


def run_maven(tools: Tools, steps: Steps, doing: str, *words: str) -> str:
    """Runs a goal for all modules, even if one fails. Returns what failed, or an empty string."""
    log = LOGS / f"maven-{words[-1]}.log"
    command = [tools.maven, "-B", "-ntp", "-T1C", "-fae", "-Dmaven.test.failure.ignore=true", *words]
    env = {"JAVA_HOME": str(tools.java_home), "PACELINE_MOTO_SERVER": str(VENVS / "dev" / "bin" / "moto_server")}
    try:
        with steps.step("java", doing):
            run_logged("java", command, log, env=env, cwd=CHECKOUT)
    except Failure as failure:
        return f"{failure}\n{_failures(log, '[ERROR]')}"
    return _failures(log, "[ERROR]")


def run_pytest(suite: Suite, steps: Steps) -> str:
    """Returns what failed, or an empty string; the counts are in the results."""
    log = LOGS / f"pytest-{suite.name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    options = ["-c", suite.config, "-q", "--color=no", f"--junitxml={RESULTS / suite.name}.xml", "--durations=15"]
    # By file and in order: the tests of one file share an Airflow, and that file takes longest.
    by_file = ["--dist", "loadscope", "--no-loadscope-reorder"]
    spread = ["-n", str(suite.workers), *by_file] if suite.workers > 1 else []
    python = VENVS / suite.environment / "bin" / "python"
    with steps.step(suite.name, f"testing {', '.join(suite.folders)}") as step, log.open("wb") as out:
        command = [str(python), "-m", "pytest", *options, *spread, *suite.folders]
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=CHECKOUT,
            env={**os.environ, "PACELINE_PATIENCE": "600"},
            check=False,
        )
        step.result = "done" if done.returncode == 0 else f"exit {done.returncode}"
    skipped = _failures(log, "SKIPPED")
    if skipped:
        steps.say(suite.name, skipped)
    return _failures(log, "FAILED", "ERROR") if done.returncode else ""


def run_and_sum_up(suites: Sequence[Suite], steps: Steps) -> int:
    """Runs suites one after the other, beside what `make test` runs, and prints their totals. Returns an exit code."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    problems = []
    for suite in suites:
        (RESULTS / f"{suite.name}.xml").unlink(missing_ok=True)
        problems.append(run_pytest(suite, steps))
    lines, ok = summary_lines({suite.name: from_pytest(suite.name) for suite in suites})
    print(*filter(None, problems), *lines, sep="\n")
    return 0 if ok and not any(problems) else 1


def _failures(log: Path, *marks: str) -> str:
    """The lines of a log that begin with a mark, at most twenty, and the path of the log."""
    lines = [line for line in log.read_text(errors="replace").splitlines() if line.startswith(marks)]
    return "\n".join([*lines[:20], f"Log: {log}"]) if lines else ""


if __name__ == "__main__":
    exit_with(run_suites)
