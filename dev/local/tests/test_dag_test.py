"""What a run of the DAG shows on the screen, without Airflow."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from paceline_local.ecs.task_events import Ended, Started, TaskInfo
from paceline_local.orchestration.dag_test import DagTest
from paceline_local.orchestration.home import AirflowHome
from paceline_local.steps import Steps


class EndedAirflow:
    """An Airflow that has ended; its events are handled first."""

    def poll(self) -> int:
        return 0


def shown(tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str], report: dict[str, Any]) -> str:
    test = DagTest(AirflowHome(tmp_path), Steps())
    task = TaskInfo("paceline-load", "1", None, "load", command, tmp_path / "log")
    test.watch(Started(task))
    test.watch(Ended(replace(task, exit_code=0, last_line=json.dumps(report))))
    test._print_steps(cast("subprocess.Popen[bytes]", EndedAirflow()))
    return capsys.readouterr().out


def test_a_stage_shows_on_its_line_what_has_no_column(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = {
        "report": "load",
        "step": "stage",
        "tables": {"activities": {"staged": 934}},
        "drift": {"activities": {"snow_depth": 2}},
        "seconds": 1.0,
    }
    screen = shown(tmp_path, capsys, ["stage", "strava"], report)
    result = "activities 934 staged · activities without a column: snow_depth 2 · 1.0 s"
    assert screen.startswith(f"  stage           staging new commits of the lake … {result} (")
    assert screen.count("\n") == 1
