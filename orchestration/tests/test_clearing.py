"""Whatever task of a run a person clears, and however, the run ends green where nothing is wrong.

Airflow itself clears and schedules; the containers are stand-ins with the rules of `load` (`fake_load`).
"""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from clearing import RESULT, Case, Result
from dag_files import FILES, dag_of
from harness import DEPLOYMENT, write_deployment
from paceline import deployment
from paceline_local.orchestration.home import AirflowHome

TESTS = Path(__file__).parent
# The tasks that run a container which can fail, by the first word of its command.
FAILING = {"sync": "extract", "stage": "stage", "check": "check", "publish": "publish", "build": "dbt"}


@pytest.fixture(scope="module")
def tasks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The ids of the tasks of each DAG, by its file."""
    with pytest.MonkeyPatch.context() as patching:
        patching.setattr(deployment, "FILE", write_deployment(tmp_path_factory.mktemp("deployment")))
        return {str(file): dag_of(file).task_ids for file in FILES}


class Clearing:
    """The program `clearing`, for all tests of this module: Airflow's import and API take ten seconds."""

    def __init__(self, process: "subprocess.Popen[str]", log: Path) -> None:
        self._process, self._log = process, log

    def results(self, cases: Iterable[Case]) -> list[tuple[Case, Result]]:
        return [(case, self._result(case)) for case in cases]

    def _result(self, case: Case) -> Result:
        self._process.stdin.write(json.dumps(asdict(case)) + "\n")
        self._process.stdin.flush()
        for line in self._process.stdout:
            if line.startswith(RESULT):
                return Result(**json.loads(line.removeprefix(RESULT)))
        raise AssertionError(self._log.read_text()[-3000:])


@pytest.fixture(scope="module")
def clearing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clearing]:
    folder = tmp_path_factory.mktemp("clearing")
    home = AirflowHome(folder / "airflow", Path(sys.prefix).name)
    home.make()
    home.put_dags({**DEPLOYMENT, "retries": 0})
    environment = home.environment(
        PACELINE_RESCHEDULE="off",
        PYTHONPATH=":".join(sys.path),
        AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS="True",
    )
    command, log = [sys.executable, str(TESTS / "clearing.py")], folder / "clearing.log"
    with (
        log.open("w") as errors,
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment, cwd=folder
        ) as process,
    ):
        yield Clearing(process, log)
        process.stdin.close()


def assert_green(found: list[tuple[Case, Result]]) -> None:
    red = [(case, result) for case, result in found if {result.state, *result.states.values()} != {"success"}]
    assert red == []


def test_any_task_of_a_green_run_can_be_cleared(clearing: Clearing, tasks: dict[str, list[str]]) -> None:
    def cases() -> Iterable[Case]:
        for file, ids in tasks.items():
            for task in ids:
                yield Case(file, [task])
                yield Case(file, [task], downstream=True)
                yield Case(file, [task], upstream=True)
                yield Case(file, [task], downstream=True, upstream=True)
                yield Case(file, [task], downstream=True, by_command=True)

    found = clearing.results(cases())
    assert_green(found)
    for case, result in found:
        assert set(case.tasks) <= set(result.cleared), "nothing is cleared that the case does not name, and that is run again"
        assert not (case.downstream and case.upstream) or result.unloaded == 0


def test_a_run_that_failed_at_any_task_is_green_after_clearing_it_with_downstream(
    clearing: Clearing, tasks: dict[str, list[str]]
) -> None:
    found = clearing.results(
        (
            Case(file, [task], downstream=True, fails_once=word, only_failed=only_failed)
            for file in tasks
            for word, task in FAILING.items()
            for only_failed in (False, True)
        ),
    )
    assert {result.before for _, result in found} == {"failed"}
    assert_green(found)
    assert {result.unloaded for case, result in found if case.tasks[0] in ("stage", "check", "publish")} == {0}


def test_a_failed_run_is_green_if_it_is_cleared_after_the_next_days(clearing: Clearing, tasks: dict[str, list[str]]) -> None:
    found = clearing.results(
        (
            Case(file, [word], downstream=True, fails_once=word, only_failed=only_failed, later_run=True)
            for file in tasks
            for word in ("check", "publish")
            for only_failed in (False, True)
        ),
    )
    assert {result.before for _, result in found} == {"failed"}
    assert_green(found)
    assert {result.unloaded for _, result in found} == {0}


def test_publish_cleared_with_downstream_checks_the_load_that_stage_makes_anew(clearing: Clearing) -> None:
    """The UI clears `stage` with it, whose teardown needs it, but not `check`."""
    [(_, result)] = clearing.results([Case(str(FILES[0]), ["publish"], downstream=True)])
    assert "check" not in result.cleared
    assert [command[0] for command in result.commands[:2]] == ["stage", "publish"]
    assert result.commands[1][-1] == "--catch-up"
    assert_green([(Case(str(FILES[0]), []), result)])
