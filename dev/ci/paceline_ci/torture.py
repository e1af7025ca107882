"""`make torture`: the randomised tests with larger numbers: 50 kills per step, 30 simulated days."""

from dataclasses import replace

from paceline_local.failure import exit_with
from paceline_local.file_lock import exclusive_lock
from paceline_local.paths import ROOT
from paceline_local.steps import Steps

from paceline_ci.suites import END_TO_END, run_pytest
from paceline_ci.summary import RESULTS, from_pytest, summary_lines

RANDOMISED = ("test_kills.py", "test_kills_of_import.py", "test_convergence.py")


def run_torture() -> int:
    """The tests read PACELINE_KILLS, PACELINE_DAYS and PACELINE_SEED themselves."""
    suite = replace(END_TO_END, name="torture", folders=tuple(f"dev/tests/{name}" for name in RANDOMISED))
    with exclusive_lock(ROOT / "test.lock", "running the tests"):
        RESULTS.mkdir(parents=True, exist_ok=True)
        (RESULTS / f"{suite.name}.xml").unlink(missing_ok=True)
        problem = run_pytest(suite, Steps(side_by_side=True))
        lines, ok = summary_lines({suite.name: from_pytest(suite.name)})
        print(*filter(None, [problem]), *lines, sep="\n")
    return 0 if ok and not problem else 1


if __name__ == "__main__":
    exit_with(run_torture)
