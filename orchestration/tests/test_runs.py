"""Whole runs of the DAG with `airflow dags test`: what one failure does to later tasks and to the state of the run."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from harness import DEPLOYMENT, EventRecorder, new_endpoint
from paceline_local.orchestration.home import AirflowHome

FAKE_IMAGE = Path(__file__).parent / "fake_image.py"
STAGED = {"stage": {"load_id": 42}}


@dataclass(frozen=True)
class Run:
    """The commands of the containers that ran, in order, and whether the run succeeded."""

    commands: list[list[str]]
    green: bool
    log: str


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> AirflowHome:
    """A home for the Airflow installation that runs these tests."""
    home = AirflowHome(tmp_path_factory.mktemp("runs") / "airflow", Path(sys.prefix).name)
    home.make()
    home.put_dags({**DEPLOYMENT, "retries": 0})
    return home


def run(home: AirflowHome, folder: Path, day: str, ends: dict[str, Any], *options: str) -> Run:
    """One run for `day`; `ends` says how a container ends, by the first argument of its command."""
    behaviour = folder / "ends.json"
    behaviour.write_text(json.dumps({**STAGED, **ends}))
    recorder = EventRecorder()
    endpoint = new_endpoint(folder, [sys.executable, str(FAKE_IMAGE), str(behaviour)], recorder)
    try:
        endpoint.start()
        environment = home.environment(endpoint.client_environment(), PACELINE_RESCHEDULE="off")
        command = home.command("dags", "test", *options, "strava_daily", day)
        done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=folder, check=False)
    finally:
        endpoint.stop(grace=1)
    return Run([task.command for task in recorder.ended], done.returncode == 0, done.stdout + done.stderr)


def steps(run: Run) -> list[str]:
    return sorted(command[0] for command in run.commands)


def test_what_other_accounts_committed_is_loaded_even_if_one_failed(home: AirflowHome, tmp_path: Path) -> None:
    ends = {
        "sync": {"exit": 77, "commits": 1, "accounts": [{"account": "ann", "commits": [1]}, {"account": "ben", "commits": []}]}
    }
    failed = run(home, tmp_path, "2026-03-01", ends)
    assert steps(failed) == ["build", "check", "discard", "publish", "stage", "sync"]
    assert not failed.green, "all_succeeded keeps the run red"


def test_a_halted_gate_publishes_nothing_and_discards_its_own_load(home: AirflowHome, tmp_path: Path) -> None:
    failed = run(home, tmp_path, "2026-03-02", {"check": {"exit": 65}})
    assert steps(failed) == ["check", "discard", "stage", "sync"]
    assert ["discard", "strava", "--load-id", "42"] in failed.commands
    assert not failed.green, "the teardown does not turn it green"


def test_a_stage_that_cannot_be_discarded_leaves_a_good_run_green(home: AirflowHome, tmp_path: Path) -> None:
    others = ("--mark-success-pattern", "(?!discard_stage|stage).*")
    good = run(home, tmp_path, "2026-03-03", {"discard": {"exit": 69}}, *others)
    assert steps(good) == ["discard", "stage"]
    assert "exit 69" in good.log
    assert good.green, good.log[-2000:]
