"""`make torture`: the randomised tests with larger numbers: 50 kills per step, 30 simulated days, ten minutes of random input."""

import os
from dataclasses import replace

from paceline_local.failure import exit_with
from paceline_local.file_lock import exclusive_lock
from paceline_local.paths import CHECKOUT, ROOT
from paceline_local.steps import Steps
from paceline_local.tools import Tools

from paceline_ci.suites import END_TO_END, run_maven, run_pytest
from paceline_ci.summary import RESULTS, Counts, from_junit, from_pytest, summary_lines

RANDOMISED = ("test_kills.py", "test_kills_of_import.py", "test_convergence.py")
_REPORTS = "**/target/surefire-reports/TEST-*PropertyTest.xml"


def run_torture() -> int:
    """The tests of Python read PACELINE_KILLS, PACELINE_DAYS and PACELINE_SEED themselves."""
    suite = replace(END_TO_END, name="torture", folders=tuple(f"dev/tests/{name}" for name in RANDOMISED))
    tools, steps = Tools.found(), Steps(side_by_side=True)
    with exclusive_lock(ROOT / "test.lock", "running the tests"):
        RESULTS.mkdir(parents=True, exist_ok=True)
        for report in [RESULTS / f"{suite.name}.xml", *CHECKOUT.glob(_REPORTS)]:
            report.unlink(missing_ok=True)
        problems = [run_pytest(suite, steps), _fuzz(tools, steps)]
        lines, ok = summary_lines({suite.name: from_pytest(suite.name), "random input": _fuzzed()})
        print(*filter(None, problems), *lines, sep="\n")
    return 0 if ok and not any(problems) else 1


def _fuzz(tools: Tools, steps: Steps) -> str:
    """Repeats each property for PACELINE_FUZZ seconds; two modules at a time."""
    seconds = os.environ["PACELINE_FUZZ"]
    only = ("-Dtest=*PropertyTest", "-Dsurefire.failIfNoSpecifiedTests=false", f"-Dpaceline.fuzz.seconds={seconds}")
    return run_maven(tools, steps, f"trying random input, each property for {seconds} s", *only, "test")


def _fuzzed() -> Counts:
    return sum((from_junit(report) for report in CHECKOUT.glob(_REPORTS)), Counts())


if __name__ == "__main__":
    exit_with(run_torture)
