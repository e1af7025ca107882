"""`make test-airflow`: the tests of DAGs and operators, and the end-to-end ones with a real scheduler, on one Airflow."""

import os
from dataclasses import replace

from paceline_local.failure import exit_with
from paceline_local.file_lock import exclusive_lock
from paceline_local.paths import ROOT
from paceline_local.steps import Steps

from paceline_ci.suites import DAGS, END_TO_END, run_pytest
from paceline_ci.summary import RESULTS, from_pytest, summary_lines


def run_airflow_tests() -> int:
    """Uses the environment that PACELINE_AIRFLOW names."""
    dags = replace(DAGS, environment=os.environ["PACELINE_AIRFLOW"])
    end_to_end = replace(END_TO_END, folders=("dev/tests/test_airflow.py",), workers=1)
    with exclusive_lock(ROOT / "test.lock", "running the tests"):
        RESULTS.mkdir(parents=True, exist_ok=True)
        suites, steps = (dags, end_to_end), Steps(side_by_side=True)
        for suite in suites:
            (RESULTS / f"{suite.name}.xml").unlink(missing_ok=True)
        problems = list(filter(None, [run_pytest(suite, steps) for suite in suites]))
        print(*problems, sep="\n")
        lines, ok = summary_lines({suite.name: from_pytest(suite.name) for suite in suites})
        print(*lines, sep="\n")
    return 0 if ok and not problems else 1


if __name__ == "__main__":
    exit_with(run_airflow_tests)
