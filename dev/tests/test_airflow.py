"""`make airflow`: the real scheduler, DAG processor, triggerer and API server run the real images and stop together.

The tests share one Airflow, in order: the first run, clearing tasks of it, a manual run, past days, strangers, Ctrl-C,
`kill -9`.
"""

import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from calls import LISTING, hold, is_held
from conftest import running_below
from paceline_local import paths, servers
from paceline_local.marks import marked
from paceline_local.orchestration.dag_test import DAG_ID
from paceline_local.paths import Variant
from paceline_local.postgres import Postgres
from paceline_local.sandbox import Sandbox
from paceline_local.tools import Tools
from paceline_local.waiting import wait_until
from served_airflow import AIRFLOW, HELD_DEMO, TIMEOUT, Served, serving
from strangers import LOOPBACK, listening, request

TASKS = {"extract", "stage", "check", "publish", "dbt", "discard_stage", "all_succeeded"}
# What a killed `make airflow` leaves running, as it is called where it is stopped.
LEFT = ("airflow", "the containers", "sandbox")


@pytest.fixture(scope="module")
def killed_demo(tools: Tools, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a `make demo` that was interrupted during a task, with a run that no scheduler ever started."""
    root = tmp_path_factory.mktemp("served")
    sandbox = Sandbox(Variant(root / "demo").sandbox)
    with (root / "demo.log").open("wb") as out:
        demo = subprocess.Popen(
            [sys.executable, "-c", HELD_DEMO, str(root), AIRFLOW], stdin=subprocess.DEVNULL, stdout=out, stderr=out
        )
    try:
        wait_until(lambda: demo.poll() is not None or is_held(sandbox), "No task ran", "", TIMEOUT)
        demo.send_signal(signal.SIGINT)
        assert demo.wait(timeout=TIMEOUT) == 130, (root / "demo.log").read_text()
    except BaseException:
        demo.kill()
        demo.wait()
        servers.stop_left_behind(Variant(root / "demo"))
        Postgres(Variant(root / "demo").postgres).stop()
        raise
    return root


@pytest.fixture(scope="module")
def served(killed_demo: Path) -> Iterator[Served]:
    try:
        with serving(killed_demo, "served") as airflow:
            yield airflow
    finally:
        servers.stop_left_behind(Variant(killed_demo / "demo"))
        Postgres(Variant(killed_demo / "demo").postgres).stop()


@pytest.fixture
def free_demo(served: Served, killed_demo: Path) -> Path:
    """The same folder, for another `make airflow`."""
    served.process.terminate()
    served.process.wait()
    return killed_demo


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


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/auth/token", None, 403),
        ("GET", "/auth/token/login", None, 403),
        ("POST", "/auth/token", {"username": "admin", "password": "admin"}, 401),
        ("GET", "/api/v2/dags", None, 401),
        ("GET", "/api/v2/connections", None, 401),
        ("GET", "/ui/config", None, 401),
        ("POST", "/api/v2/dags/strava_daily/dagRuns", {"logical_date": None}, 401),
        ("PATCH", "/execution/task-instances/00000000-0000-7000-8000-000000000000/run", {}, 401),
    ],
)
def test_a_stranger_is_asked_to_log_in(served: Served, method: str, path: str, body: dict[str, Any] | None, status: int) -> None:
    assert request(served.api.url, method, path, body) == status


@pytest.mark.parametrize("path", ["/", "/auth/login", "/api/v2/version", "/execution/health"])
def test_a_page_whose_name_was_pointed_here_gets_nothing(served: Served, path: str) -> None:
    assert request(served.api.url, "GET", path, host="evil.example") == 400
    assert request(served.api.url, "GET", path, host="127.0.0.1.evil.example:8080") == 400
    assert request(served.api.url, "GET", path, host="localhost:8080") in (200, 307)


def test_the_log_in_is_in_a_file_of_the_owner(served: Served) -> None:
    assert stat.S_IMODE(served.home.login.file.stat().st_mode) == 0o600
    assert len(served.home.login.password) >= 20
    assert [log.name for log in served.variant.logs.rglob("*.log") if served.home.login.password in log.read_text()] == []


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="the sockets of a process are read from Linux's /proc")
def test_all_that_listens_listens_on_loopback_and_is_documented(served: Served) -> None:
    """The sandbox, the endpoint and the API server, in this order, as in docs/reference/ports.md."""
    by_program = [listening(pids) for pids in (marked(served.variant.sandbox), {served.process.pid}, marked(served.home.folder))]
    assert [len(sockets) for sockets in by_program] == [1, 1, 1], by_program
    assert all(address in LOOPBACK for sockets in by_program for address, _ in sockets), by_program


def test_ctrl_c_during_a_run_stops_everything_except_the_warehouse(served: Served) -> None:
    """Pressed twice, as impatient users do: the first time, the run would be given time to end, but its source is held."""
    assert len(marked(served.home.folder)) >= 4
    sandbox = Sandbox(served.variant.sandbox)
    hold(sandbox, LISTING)
    served.api.trigger(DAG_ID)
    served.wait_for(lambda: is_held(sandbox), "The run did not start")
    served.process.send_signal(signal.SIGINT)
    served.wait_for_output("stopping Airflow")
    assert served.process.poll() is None, served.log.read_text()
    served.process.send_signal(signal.SIGINT)
    assert served.process.wait(timeout=TIMEOUT) == 130
    assert marked(served.home.folder) == set()
    assert [line for line in running_below(served.variant.folder) if "postgres" not in line] == []


def test_after_a_kill_the_next_start_ends_what_was_left_and_the_run_completes(free_demo: Path) -> None:
    with serving(free_demo, "killed") as first:
        run_id = kill_during_a_run(first)
        left = everything_of(first.variant)
    with serving(free_demo, "after-the-kill") as second:
        assert everything_of(second.variant) & left == set(), second.log.read_text()
        for name in LEFT:
            assert f"Stopped {name} of demo, left running by a command that was killed." in second.log.read_text()
        port = urlsplit(first.api.url).port
        assert port == urlsplit(second.api.url).port or port != 8080, "the port was held by the dead one's API server"
        assert first.api.login.file == second.api.login.file
        retry_now(second, run_id)
        completed = next(run for run in second.ended("manual", len(second.runs("manual"))) if run["dag_run_id"] == run_id)
        assert_green(second, completed)


def test_stop_ends_what_a_killed_airflow_left(
    free_demo: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(free_demo, "stopped") as airflow:
        kill_during_a_run(airflow)
    monkeypatch.setattr(paths, "ROOT", free_demo)
    assert servers.stop() == 0
    assert capsys.readouterr().out.splitlines() == [f"Stopped {name} of demo." for name in (*LEFT, "postgres")]
    assert everything_of(airflow.variant) == set()
    assert running_below(airflow.variant.folder) == []


def retry_now(airflow: Served, run_id: str) -> None:
    """An extract that noticed, before Airflow was stopped, that its endpoint was gone would be retried five minutes later."""
    if airflow.api.tasks(DAG_ID, run_id)["extract"]["state"] in ("up_for_retry", "failed"):
        body = {"dry_run": False, "dag_run_id": run_id, "task_ids": ["extract"], "include_downstream": True, "only_failed": False}
        airflow.api.call("POST", f"/dags/{DAG_ID}/clearTaskInstances", body)


def kill_during_a_run(airflow: Served) -> str:
    """As `kill -9` does while a container waits for a response that never comes. Returns the id of the run."""
    airflow.give_up_interrupted_runs()
    sandbox = Sandbox(airflow.variant.sandbox)
    hold(sandbox, LISTING)
    run_id = airflow.api.trigger(DAG_ID)
    airflow.wait_for(lambda: is_held(sandbox), "The run did not start")
    airflow.process.kill()
    airflow.process.wait()
    assert all(marked(folder) for folder in (airflow.home.folder, airflow.variant.container_logs, airflow.variant.sandbox))
    return run_id


def everything_of(variant: Variant) -> set[int]:
    """The pids of all that a killed `make airflow` leaves running, except Postgres's."""
    return marked(variant.airflow) | marked(variant.container_logs) | marked(variant.sandbox)
