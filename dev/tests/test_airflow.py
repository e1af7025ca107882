"""`make airflow`: the real scheduler, DAG processor, triggerer and API server run the real images, and end together.

In turn on one Airflow: the first run, one by hand, past days, Ctrl-C.
"""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from conftest import running_below
from paceline_local.orchestration.api import AirflowApi
from paceline_local.orchestration.dag_test import DAG_ID
from paceline_local.orchestration.home import MWAA, AirflowHome
from paceline_local.places import Variant
from paceline_local.postgres import Postgres
from paceline_local.tools import Tools
from paceline_local.waiting import wait_until

# `make demo` and `make airflow`, with everything that they make in a folder of the test.
IN_A_FOLDER = """
import sys
from pathlib import Path
from paceline_local import demo, places
from paceline_local.failure import exit_with, unwind_on_signals
from paceline_local.orchestration.serve import serve
from paceline_local.tools import Tools
demo.ROOT = places.ROOT = Path(sys.argv[1])
demo.LAST = places.LAST = Path(sys.argv[1]) / "last"
unwind_on_signals()
"""
DEMO = IN_A_FOLDER + "exit_with(lambda: demo.run_demo(Tools.found(), None, sys.argv[2]))"
SERVE = IN_A_FOLDER + "exit_with(lambda: serve(Tools.found(), None, sys.argv[2]))"
TASKS = {"extract", "stage", "check", "publish", "dbt", "discard_stage", "all_succeeded"}
ENOUGH = 300
# `make test-airflow AIRFLOW=3.3.1` asks for another than MWAA's.
AIRFLOW = os.environ.get("PACELINE_AIRFLOW", MWAA)


@dataclass(frozen=True)
class Served:
    """A running `make airflow`."""

    process: "subprocess.Popen[bytes]"
    variant: Variant
    api: AirflowApi
    home: AirflowHome
    log: Path

    def wait_for(self, ready: Callable[[], bool], what: str) -> None:
        wait_until(lambda: self.process.poll() is not None or ready(), what, self.log.read_text(), ENOUGH)
        assert self.process.poll() is None, self.log.read_text()

    def wait_for_end(self, said: str) -> None:
        wait_until(lambda: self.process.poll() is not None or said in self.log.read_text(), f"'{said}' was not said", "", ENOUGH)

    def runs(self, run_type: str) -> list[dict[str, Any]]:
        return [run for run in self.api.runs(DAG_ID) if run["run_type"] == run_type]

    def ended(self, run_type: str, number: int = 1) -> list[dict[str, Any]]:
        """That many runs of a type, once they have ended."""

        def all_ended() -> bool:
            runs = self.runs(run_type)
            return len(runs) >= number and all(run["state"] in ("success", "failed") for run in runs)

        self.wait_for(all_ended, f"{number} {run_type} did not end")
        return self.runs(run_type)

    def report(self, run_id: str, task_id: str) -> dict[str, Any]:
        return self.api.xcom(DAG_ID, run_id, task_id)


@pytest.fixture(scope="module")
def killed_demo(tools: Tools, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a `make demo` that was killed in the middle of a task, with a run that no scheduler ever began."""
    root = tmp_path_factory.mktemp("served")
    with (root / "demo.log").open("wb") as out:
        demo = subprocess.Popen(
            [sys.executable, "-c", DEMO, str(root), AIRFLOW], stdin=subprocess.DEVNULL, stdout=out, stderr=out
        )
    try:
        wait_until(lambda: demo.poll() is not None or "  extract " in (root / "demo.log").read_text(), "No task ran", "", ENOUGH)
        demo.send_signal(signal.SIGINT)
        assert demo.wait(timeout=ENOUGH) == 130, (root / "demo.log").read_text()
    finally:
        demo.kill()
        demo.wait()
    return root


@pytest.fixture(scope="module")
def served(killed_demo: Path) -> Iterator[Served]:
    root = killed_demo
    variant, log = Variant(root / "demo"), root / "served.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(root), AIRFLOW], stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=os.environ
        )
    try:
        shown = re.compile(r"(http://127\.0\.0\.1:\d+)/dags/strava_daily")
        wait_until(
            lambda: process.poll() is not None or shown.search(log.read_text()) is not None, "make airflow was not up", "", ENOUGH
        )
        found = shown.search(log.read_text())
        assert found, log.read_text()
        warehouse = Postgres(variant.postgres).start()
        yield Served(
            process,
            variant,
            AirflowApi(found.group(1)),
            AirflowHome(variant.airflow, AIRFLOW, warehouse.beside("airflow").for_airflow()),
            log,
        )
    finally:
        process.terminate()
        process.wait()
        Postgres(variant.postgres).stop()


def assert_green(served: Served, run: dict[str, Any]) -> None:
    tasks = served.api.tasks(DAG_ID, run["dag_run_id"])
    assert {name: task["state"] for name, task in tasks.items()} == dict.fromkeys(TASKS, "success"), served.log.read_text()
    assert run["state"] == "success"


def test_the_first_run_starts_by_itself_and_carries_everything_to_the_marts(served: Served) -> None:
    run = served.ended("scheduled")[0]
    assert_green(served, run)
    assert served.runs("manual") == [], "the killed demo's run is gone, and holds nothing up"
    extracted = served.report(run["dag_run_id"], "extract")
    yesterday = datetime.now(UTC) - timedelta(days=1)
    assert extracted["ds"] in {yesterday.strftime("%Y-%m-%d"), (yesterday - timedelta(days=1)).strftime("%Y-%m-%d")}
    read = sum(account["streams"]["activities"]["upserts"] for account in extracted["accounts"])
    warehouse = Postgres(served.variant.postgres).start()
    assert warehouse.rows("select sum(n)::int from mart.activity_summary_monthly") == [(read,)]
    assert read > 100


def test_a_run_that_a_person_starts_has_the_day_it_was_started_on(served: Served) -> None:
    run_id = served.api.trigger(DAG_ID)
    run = next(run for run in served.ended("manual") if run["dag_run_id"] == run_id)
    assert_green(served, run)
    assert run["logical_date"] is None
    assert served.report(run_id, "extract")["ds"] == run["run_after"][:10]


def test_three_past_days_are_backfilled_one_after_the_other(served: Served) -> None:
    days = [date(2026, 11, day) for day in (11, 12, 13)]
    words = ["--dag-id", DAG_ID, "--from-date", str(days[0]), "--to-date", f"{days[-1]}T23:59:59", "--max-active-runs", "1"]
    command = served.home.command("backfill", "create", *words)
    created = subprocess.run(command, env=served.home.environment(), capture_output=True, text=True, check=False)
    assert created.returncode == 0, created.stderr
    runs = served.ended("backfill", len(days))
    for run in runs:
        assert_green(served, run)
    assert sorted(served.report(run["dag_run_id"], "extract")["ds"] for run in runs) == [str(day) for day in days]
    in_order = sorted(runs, key=lambda run: run["start_date"])
    assert all(before["end_date"] <= after["start_date"] for before, after in pairwise(in_order))


def test_ctrl_c_in_the_middle_of_a_run_ends_everything_but_the_warehouse(served: Served) -> None:
    """Pressed twice, as one does."""
    groups = set(json.loads((served.home.folder / "components.json").read_text()).values())
    assert len(groups) == len(running_in(groups) & groups) == 4
    begun = served.log.read_text().count("started extract")
    served.api.trigger(DAG_ID)
    served.wait_for(lambda: served.log.read_text().count("started extract") > begun, "The run did not start")
    served.process.send_signal(signal.SIGINT)
    served.wait_for_end("ending Airflow")
    served.process.send_signal(signal.SIGINT)
    assert served.process.wait(timeout=ENOUGH) == 130
    assert running_in(groups) == set()
    assert [line for line in running_below(served.variant.folder) if "postgres" not in line] == []


def running_in(groups: set[int]) -> set[int]:
    """The processes of these groups, by number; Airflow's own say nothing of their folder."""
    listed = subprocess.run(["ps", "-A", "-o", "pgid=", "-o", "pid=", "-o", "stat="], capture_output=True, text=True, check=True)
    found = [line.split() for line in listed.stdout.splitlines()]
    return {int(pid) for group, pid, state in found if int(group) in groups and not state.startswith("Z")}
