"""Whole runs of the DAG by `airflow dags test`: what one failure does to the tasks behind it and to the colour of the run."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from paceline_local.orchestration.home import AirflowHome
from worlds import PLACE, Watched, new_endpoint

FAKE_IMAGE = Path(__file__).parent / "fake_image.py"
STAGED = {"stage": {"load_id": 42}}


@dataclass(frozen=True)
class Run:
    """Which containers ran, in order, as their words, and whether the run was green."""

    commands: list[list[str]]
    green: bool
    log: str


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> AirflowHome:
    """Of the Airflow that these tests run in."""
    home = AirflowHome(tmp_path_factory.mktemp("runs") / "airflow", Path(sys.prefix).name)
    home.make()
    home.put_dags({**PLACE, "retries": 0})
    return home


def run(home: AirflowHome, folder: Path, day: str, ends: dict[str, Any], *options: str) -> Run:
    """One run for `day`, whose containers end as `ends` says of their first word."""
    behaviour = folder / "ends.json"
    behaviour.write_text(json.dumps({**STAGED, **ends}))
    watched = Watched()
    endpoint = new_endpoint(folder, [sys.executable, str(FAKE_IMAGE), str(behaviour)], watched)
    try:
        environment = home.environment(endpoint.start(), PACELINE_RESCHEDULE="off")
        command = home.command("dags", "test", *options, "strava_daily", day)
        done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=folder, check=False)
    finally:
        endpoint.stop(grace=1)
    return Run([task.command for task in watched.ended], done.returncode == 0, done.stdout + done.stderr)


def steps(run: Run) -> list[str]:
    return sorted(command[0] for command in run.commands)


def test_what_other_accounts_committed_is_loaded_though_one_failed(home: AirflowHome, tmp_path: Path) -> None:
    ends = {"sync": {"exit": 77, "accounts": [{"account": "ann", "commits": [1]}, {"account": "ben", "commits": []}]}}
    failed = run(home, tmp_path, "2026-03-01", ends)
    assert steps(failed) == ["build", "check", "discard", "publish", "stage", "sync"]
    assert not failed.green, "the closing task keeps the run red"


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
