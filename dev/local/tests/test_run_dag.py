"""The script that runs a DAG once, in Airflow's own Python."""

import subprocess
from pathlib import Path

import pytest
from paceline_local.environments import VENVS
from paceline_local.orchestration import run_dag
from paceline_local.orchestration.home import MWAA, AirflowHome

LOAD = """
import gc
import run_dag
run_dag.load_without_collecting_garbage()
from airflow.sdk.execution_time.supervisor import in_process_api_server
assert in_process_api_server() is in_process_api_server(), "each task would build an API of its own"
assert gc.isenabled()
assert gc.get_freeze_count() > 100_000
print("loaded")
"""


@pytest.fixture
def home(tmp_path: Path) -> AirflowHome:
    return AirflowHome(tmp_path / "airflow")


def test_all_tasks_share_one_api_and_no_garbage_is_looked_for_in_what_is_loaded(home: AirflowHome) -> None:
    environment = {**home.environment(), "PYTHONPATH": str(Path(run_dag.__file__).parent)}
    python = str(VENVS / MWAA / "bin" / "python")
    done = subprocess.run([python, "-c", LOAD], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "loaded"


def test_it_ends_without_a_run_if_whoever_started_it_has_ended(home: AirflowHome) -> None:
    home.folder.mkdir()
    airflow = home.start_script("dags-test", Path(run_dag.__file__), ["strava_daily"])
    airflow.communicate(b"")
    assert airflow.returncode == 0, home.log("dags-test").read_text()
    assert "DAG TEST" not in home.log("dags-test").read_text()
