"""`make test-airflow`: the tests of DAGs and operators, and the end-to-end ones with a real scheduler, on one Airflow."""

import os
from dataclasses import replace

from paceline_local.failure import exit_with
from paceline_local.file_lock import exclusive_lock
from paceline_local.paths import ROOT
from paceline_local.steps import Steps

from paceline_ci.suites import DAGS, END_TO_END, run_and_sum_up


def run_airflow_tests() -> int:
    """Uses the environment that PACELINE_AIRFLOW names."""
    dags = replace(DAGS, environment=os.environ["PACELINE_AIRFLOW"])
    end_to_end = replace(END_TO_END, folders=("dev/tests/test_airflow.py",), workers=1)
    with exclusive_lock(ROOT / "test.lock", "running the tests"):
        return run_and_sum_up((dags, end_to_end), Steps(side_by_side=True))


if __name__ == "__main__":
    exit_with(run_airflow_tests)
