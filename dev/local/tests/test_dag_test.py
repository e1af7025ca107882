"""What a run of the DAG shows on the screen, without Airflow."""

import json
import re
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


def test_the_line_of_a_container_stays_open_until_airflow_has_started_the_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """So that whoever watches sees at any moment what is going on, and the times shown are all of the time that passes."""
    times = iter([0.0, 2.0, 2.5, 2.5, 3.0, 6.0])
    steps = Steps(clock=lambda: next(times))
    with steps.step_and_rest("check", "running the checks", "Airflow") as end:
        assert capsys.readouterr().out == "  check           running the checks … "
        end("2 checks passed")
        assert capsys.readouterr().out == "2 checks passed (2.0 s"
    assert capsys.readouterr().out == ", Airflow 0.5 s)\n"
    with pytest.raises(KeyboardInterrupt), steps.step_and_rest("dbt", "building", "Airflow"):
        raise KeyboardInterrupt
    assert capsys.readouterr().out == "  dbt             building … failed (0.5 s, Airflow 3.0 s)\n"


def test_a_container_and_what_follows_it_are_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    screen = shown(tmp_path, capsys, ["check", "strava"], {"report": "load", "step": "check", "checks": {}, "seconds": 0.5})
    assert re.fullmatch(r"  check           running the checks … .*\(\d+\.\d s, Airflow \d+\.\d s\)\n", screen)


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
