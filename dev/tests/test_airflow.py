"""`make airflow`: the real scheduler, DAG processor, triggerer and API server run the real images and stop together.

The tests share one Airflow, in order: the first run, clearing tasks of it, a manual run, past days, Ctrl-C.
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
from paceline_local.paths import Variant
from paceline_local.postgres import Postgres
from paceline_local.tools import Tools
from paceline_local.waiting import wait_until

# `make demo` and `make airflow`, with everything they create inside the test's folder.
IN_A_FOLDER = """
import sys
from pathlib import Path
from paceline_local import demo, paths
from paceline_local.failure import exit_with, unwind_on_signals
from paceline_local.orchestration.serve import serve
from paceline_local.tools import Tools
demo.ROOT = paths.ROOT = Path(sys.argv[1])
demo.LAST = paths.LAST = Path(sys.argv[1]) / "last"
unwind_on_signals()
"""
DEMO = IN_A_FOLDER + "exit_with(lambda: demo.run_demo(Tools.found(), None, sys.argv[2]))"
SERVE = IN_A_FOLDER + "exit_with(lambda: serve(Tools.found(), None, sys.argv[2]))"
TASKS = {"extract", "stage", "check", "publish", "dbt", "discard_stage", "all_succeeded"}
TIMEOUT = 300
# `make test-airflow AIRFLOW=3.3.1` selects another version than MWAA's.
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
        wait_until(lambda: self.process.poll() is not None or ready(), what, self.log.read_text(), TIMEOUT)
        assert self.process.poll() is None, self.log.read_text()

    def wait_for_output(self, text: str) -> None:
        wait_until(lambda: self.process.poll() is not None or text in self.log.read_text(), f"No '{text}' shown", "", TIMEOUT)

    def runs(self, run_type: str) -> list[dict[str, Any]]:
        return [run for run in self.api.runs(DAG_ID) if run["run_type"] == run_type]

    def ended(self, run_type: str, number: int = 1) -> list[dict[str, Any]]:
        """Waits until this many runs of a type have ended, and returns them."""

        def all_ended() -> bool:
            runs = self.runs(run_type)
            return len(runs) >= number and all(run["state"] in ("success", "failed") for run in runs)

        self.wait_for(all_ended, f"{number} {run_type} did not end")
        return self.runs(run_type)

    def report(self, run_id: str, task_id: str) -> dict[str, Any]:
        return self.api.xcom(DAG_ID, run_id, task_id)


@pytest.fixture(scope="module")
def killed_demo(tools: Tools, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a `make demo` that was interrupted during a task, with a run that no scheduler ever started."""
    root = tmp_path_factory.mktemp("served")
    with (root / "demo.log").open("wb") as out:
        demo = subprocess.Popen(
            [sys.executable, "-c", DEMO, str(root), AIRFLOW], stdin=subprocess.DEVNULL, stdout=out, stderr=out
        )
    try:
        wait_until(lambda: demo.poll() is not None or "  extract " in (root / "demo.log").read_text(), "No task ran", "", TIMEOUT)
        demo.send_signal(signal.SIGINT)
        assert demo.wait(timeout=TIMEOUT) == 130, (root / "demo.log").read_text()
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
            lambda: process.poll() is not None or shown.search(log.read_text()) is not None,
            "make airflow was not up",
            "",
            TIMEOUT,
        )
        found = shown.search(log.read_text())
        assert found, log.read_text()
        warehouse = Postgres(variant.postgres).start()
        yield Served(
            process,
            variant,
            AirflowApi(found.group(1)),
            AirflowHome(variant.airflow, AIRFLOW, warehouse.ensure_database("airflow").for_airflow()),
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


def test_the_first_run_starts_automatically_and_brings_everything_to_the_marts(served: Served) -> None:
    run = served.ended("scheduled")[0]
    assert_green(served, run)
    assert served.runs("manual") == [], "the interrupted demo's run was deleted and does not block this one"
    extracted = served.report(run["dag_run_id"], "extract")
    yesterday = datetime.now(UTC) - timedelta(days=1)
    assert extracted["ds"] in {yesterday.strftime("%Y-%m-%d"), (yesterday - timedelta(days=1)).strftime("%Y-%m-%d")}
    read = sum(account["streams"]["activities"]["upserts"] for account in extracted["accounts"])
    warehouse = Postgres(served.variant.postgres).start()
    assert warehouse.rows("select sum(n)::int from mart.activity_summary_monthly") == [(read,)]
    assert read > 100


@pytest.mark.parametrize(
    ("task", "downstream", "again"),
    [("publish", True, TASKS - {"extract", "check"}), ("check", False, {"check"})],
)
def test_a_task_that_is_cleared_afterwards_ends_green_with_the_real_load(
    served: Served, task: str, downstream: bool, again: set[str]
) -> None:
    """`publish` is cleared together with `stage`, but not with `check`; the load that `check` is for has been published."""
    run_id = served.ended("scheduled")[0]["dag_run_id"]
    tries, load_id = tries_of(served, run_id), served.report(run_id, "publish")["load_id"]
    body = {"dry_run": False, "dag_run_id": run_id, "task_ids": [task], "include_downstream": downstream, "only_failed": False}
    served.api.call("POST", f"/dags/{DAG_ID}/clearTaskInstances", body)
    assert_green(served, served.ended("scheduled")[0])
    assert {name for name, number in tries_of(served, run_id).items() if number > tries[name]} == again
    assert (served.report(run_id, "publish")["load_id"] > load_id) == ("stage" in again)


def tries_of(served: Served, run_id: str) -> dict[str, int]:
    return {name: task["try_number"] for name, task in served.api.tasks(DAG_ID, run_id).items()}


def test_a_manual_run_has_the_date_on_which_it_was_started(served: Served) -> None:
    run_id = served.api.trigger(DAG_ID)
    run = next(run for run in served.ended("manual") if run["dag_run_id"] == run_id)
    assert_green(served, run)
    assert run["logical_date"] is None
    assert served.report(run_id, "extract")["ds"] == run["run_after"][:10]


def test_three_past_days_are_backfilled_one_after_the_other(served: Served) -> None:
    days = [date(2026, 11, day) for day in (11, 12, 13)]
    options = ["--dag-id", DAG_ID, "--from-date", str(days[0]), "--to-date", f"{days[-1]}T23:59:59", "--max-active-runs", "1"]
    command = served.home.command("backfill", "create", *options)
    created = subprocess.run(command, env=served.home.environment(), capture_output=True, text=True, check=False)
    assert created.returncode == 0, created.stderr
    runs = served.ended("backfill", len(days))
    for run in runs:
        assert_green(served, run)
    assert sorted(served.report(run["dag_run_id"], "extract")["ds"] for run in runs) == [str(day) for day in days]
    in_order = sorted(runs, key=lambda run: run["start_date"])
    assert all(before["end_date"] <= after["start_date"] for before, after in pairwise(in_order))


def test_ctrl_c_during_a_run_stops_everything_except_the_warehouse(served: Served) -> None:
    """Pressed twice, as impatient users do."""
    groups = set(json.loads((served.home.folder / "components.json").read_text()).values())
    assert len(groups) == len(running_in(groups) & groups) == 4
    before = served.log.read_text().count("started extract")
    served.api.trigger(DAG_ID)
    served.wait_for(lambda: served.log.read_text().count("started extract") > before, "The run did not start")
    served.process.send_signal(signal.SIGINT)
    served.wait_for_output("stopping Airflow")
    assert served.process.poll() is None, served.log.read_text()
    served.process.send_signal(signal.SIGINT)
    assert served.process.wait(timeout=TIMEOUT) == 130
    assert running_in(groups) == set()
    assert [line for line in running_below(served.variant.folder) if "postgres" not in line] == []


def running_in(groups: set[int]) -> set[int]:
    """The ids of the processes in these groups; the command lines of Airflow's processes do not contain their folder."""
    listed = subprocess.run(["ps", "-A", "-o", "pgid=", "-o", "pid=", "-o", "stat="], capture_output=True, text=True, check=True)
    found = [line.split() for line in listed.stdout.splitlines()]
    return {int(pid) for group, pid, state in found if int(group) in groups and not state.startswith("Z")}
