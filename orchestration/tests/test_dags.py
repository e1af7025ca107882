"""What every DAG promises, then what Strava's does."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from airflow.providers.amazon.aws.operators.ecs import EcsRunTaskOperator
from airflow.sdk import DAG, CronDataIntervalTimetable
from dag_files import FILES, dag_of
from harness import CONTAINERS, DAGS, write_deployment
from paceline.task import PacelineTaskOperator

# What importing our DAGs may cost on top of Airflow's own operator, in seconds of CPU time.
MAX_IMPORT_SECONDS = 0.2


@pytest.fixture(params=FILES, ids=lambda file: file.stem)
def dag(request: pytest.FixtureRequest) -> DAG:
    return dag_of(request.param)


@pytest.fixture
def strava() -> DAG:
    return dag_of(DAGS / "strava_daily.py")


def test_there_are_dags() -> None:
    assert [file.stem for file in FILES] == ["strava_daily"]


def test_a_dag_is_named_after_its_file_and_documented_for_whoever_is_on_call(dag: DAG) -> None:
    assert f"{dag.dag_id}.py" in [file.name for file in FILES]
    assert dag.description
    assert dag.tags
    for task in dag.tasks:
        assert f"`{task.task_id}`" in (dag.doc_md or ""), f"doc_md of {dag.dag_id} does not mention {task.task_id}"


def test_every_task_has_an_owner_and_retries(dag: DAG) -> None:
    for task in dag.tasks:
        assert (task.owner, task.retries, task.retry_delay) == ("paceline", 2, timedelta(minutes=5)), task.task_id


def test_every_container_task_has_a_timeout_and_can_reattach(dag: DAG) -> None:
    containers = [task for task in dag.tasks if isinstance(task, EcsRunTaskOperator)]
    assert containers
    for task in containers:
        assert isinstance(task, PacelineTaskOperator)
        assert task.execution_timeout
        assert (task.reattach, task.deferrable, task.aws_conn_id) == (True, False, None)
        assert task.container_name == task.overrides["containerOverrides"][0]["name"]


def test_nothing_ends_an_extract_that_waits_out_the_quarter_hours_of_a_day(strava: DAG) -> None:
    """100 reads a quarter-hour and 1,000 a day: ten quarter-hours, and some time for the start and the calls."""
    extract = strava.get_task("extract")
    assert isinstance(extract, PacelineTaskOperator)
    longest = timedelta(hours=3)
    assert extract.execution_timeout is not None
    assert extract.execution_timeout > longest
    assert timedelta(seconds=extract.waiter_delay * extract.waiter_max_attempts) > extract.execution_timeout
    assert strava.dagrun_timeout is None, "a run may also wait a day for a budget; each task has its own limit"


def test_a_stopped_extract_has_time_to_commit() -> None:
    """It ends by itself within 25 seconds of SIGTERM (`StopSignal`)."""
    definition = json.loads((CONTAINERS / "extract-strava.json").read_text())
    assert [container["stopTimeout"] for container in definition["containerDefinitions"]] == [120]


def test_a_scheduled_run_has_a_day_and_only_one_runs_at_a_time(dag: DAG) -> None:
    assert isinstance(dag.timetable, CronDataIntervalTimetable)
    assert (dag.catchup, dag.max_active_runs) == (False, 1)


def test_strava_goes_from_extract_to_dbt(strava: DAG) -> None:
    after = {task.task_id: sorted(task.downstream_task_ids) for task in strava.tasks}
    assert after == {
        "extract": ["all_succeeded", "stage"],
        "stage": ["all_succeeded", "check", "discard_stage"],
        "check": ["all_succeeded", "discard_stage", "publish"],
        "publish": ["all_succeeded", "dbt", "discard_stage"],
        "dbt": ["all_succeeded"],
        "discard_stage": [],
        "all_succeeded": [],
    }


def test_stage_runs_even_if_extract_failed_and_all_other_tasks_need_success(strava: DAG) -> None:
    rules = {task.task_id: task.trigger_rule for task in strava.tasks}
    assert rules["stage"] == "all_done"
    assert rules["discard_stage"] == "all_done_setup_success"
    assert {rules[name] for name in ("extract", "check", "publish", "dbt", "all_succeeded")} == {"all_success"}


def test_discard_stage_is_the_teardown_of_stage(strava: DAG) -> None:
    stage, discard = strava.get_task("stage"), strava.get_task("discard_stage")
    assert (stage.is_setup, discard.is_teardown, discard.on_failure_fail_dagrun) == (True, True, False)
    assert "stage" in discard.upstream_task_ids


def test_publish_emits_the_asset_of_the_warehouse(strava: DAG) -> None:
    assert [asset.name for asset in strava.get_task("publish").outlets] == ["warehouse://strava"]
    assert [task.task_id for task in strava.tasks if task.outlets] == ["publish"]


@pytest.fixture
def offline_environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a process that has the DAGs but neither network nor database."""
    (tmp_path / "dags").mkdir()
    for entry in DAGS.iterdir():
        if entry.name != "__pycache__":
            (tmp_path / "dags" / entry.name).symlink_to(entry)
    write_deployment(tmp_path / "dags")
    yield {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "AIRFLOW_HOME": str(tmp_path / "airflow"),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": "sqlite:////no/such/folder/airflow.db",
        "PYTHONPATH": str(tmp_path / "dags"),
    }
    shutil.rmtree(tmp_path / "dags")


IMPORT = """
import json, socket, sys, time
def refuse(*args, **kwargs):
    raise AssertionError(f"an import used the network: {args}")
socket.socket.connect = socket.socket.connect_ex = socket.create_connection = socket.getaddrinfo = refuse
from airflow.sdk import Variable, Connection
Variable.get = Connection.get = refuse
import airflow.providers.amazon.aws.operators.ecs
started = time.process_time()
for name in sys.argv[1:]:
    __import__(name)
print(json.dumps({"seconds": time.process_time() - started}))
"""


def import_all(environment: dict[str, str]) -> float:
    command = [sys.executable, "-c", IMPORT, *(file.stem for file in FILES)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])["seconds"]


def test_importing_uses_no_network_database_or_variable_and_is_fast(offline_environment: dict[str, str]) -> None:
    """The best CPU time of three runs, so that the load of the machine does not count."""
    assert min(import_all(offline_environment) for _ in range(3)) < MAX_IMPORT_SECONDS
