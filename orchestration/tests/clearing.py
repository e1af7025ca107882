"""A program that runs a DAG, clears tasks of the run as the UI or `airflow tasks clear` does, and lets the run go on.

Each line of its input is a `Case`, and it answers with a line that begins with RESULT; Airflow's log is in between. It is a
process of its own, with a home and a database. Airflow schedules and runs the tasks; only the containers are stand-ins, which end
at once.
"""

import json
import os
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fake_load import FakeImages

RESULT = "RESULT "


@dataclass(frozen=True)
class Case:
    """A run of a DAG, and what is cleared of it. If nothing has to fail before, the run of the case before it goes on."""

    dag_file: str
    tasks: list[str]
    downstream: bool = False
    upstream: bool = False
    only_failed: bool = False
    by_command: bool = False
    """By `airflow tasks clear` instead of the API, which the UI uses."""
    fails_once: str | None = None
    """The first word of a command that fails in the first run."""
    later_run: bool = False
    """Whether the next day's run takes place before anything is cleared."""


@dataclass(frozen=True)
class Result:
    before: str
    """The state of the run before anything is cleared."""
    cleared: list[str]
    states: dict[str, str]
    """Of each task at the end."""
    state: str
    commands: list[list[str]]
    """Of the containers that ran after the clearing."""
    unloaded: int
    """How many commits are not published."""


def main() -> None:
    sys.path.insert(0, os.environ["AIRFLOW__CORE__DAGS_FOLDER"])
    runs = Runs()
    for line in sys.stdin:
        print(RESULT + json.dumps(asdict(runs.result(Case(**json.loads(line))))), flush=True)


class Runs:
    """Imports Airflow when it is created, because that takes seconds and needs the environment."""

    def __init__(self) -> None:
        from airflow.api_fastapi.app import create_app  # noqa: PLC0415
        from airflow.providers.amazon.aws.operators.ecs import EcsRunTaskOperator  # noqa: PLC0415
        from airflow.sdk.execution_time import supervisor  # noqa: PLC0415
        from fastapi.testclient import TestClient  # noqa: PLC0415
        from paceline.outcome import ContainerExit  # noqa: PLC0415
        from paceline.task import PacelineTaskOperator  # noqa: PLC0415

        def exit_of_fake(task: PacelineTaskOperator) -> ContainerExit:
            exit_code, report = self.images.run(task.overrides["containerOverrides"][0]["command"])
            return ContainerExit(task.image, exit_code, "EssentialContainerExited", "", report)

        EcsRunTaskOperator.execute = lambda task, _context: task._after_execution()
        PacelineTaskOperator._container_exit = exit_of_fake
        # Airflow makes a new one for each task, which takes two seconds.
        supervisor.in_process_api_server = cache(supervisor.in_process_api_server)
        self.api = TestClient(create_app())
        self.api.headers["Authorization"] = f"Bearer {self.api.get('/auth/token').json()['access_token']}"
        self.images = FakeImages()
        self.day = datetime(2026, 3, 1, tzinfo=UTC)
        self.dag_id = self.run_id = self.state = ""

    def result(self, case: Case) -> Result:
        from dag_files import dag_of  # noqa: PLC0415

        dag = dag_of(Path(case.dag_file))
        if self.dag_id != dag.dag_id or self.state != "success" or case.fails_once:
            self._start(dag, case.fails_once)
        before, day = self.state, self.day
        if case.later_run:
            self.day += timedelta(days=1)
            assert dag.test(logical_date=self.day).state == "success"
        commands = len(self.images.commands)
        self._clear(case, dag.dag_id, day)
        cleared, states = self._finish(dag)
        loaded = max((load.commit for load in self.images.published.values()), default=0)
        return Result(
            before=before,
            cleared=cleared,
            states=states,
            state=self.state,
            commands=self.images.commands[commands:],
            unloaded=self.images.commit - loaded,
        )

    def _start(self, dag: Any, fails_once: str | None) -> None:
        self.images = FakeImages(fails_once)
        self.day += timedelta(days=1)
        run = dag.test(logical_date=self.day)
        self.dag_id, self.run_id, self.state = run.dag_id, run.run_id, str(run.state)

    def _clear(self, case: Case, dag_id: str, day: datetime) -> None:
        if case.by_command:
            _clear_by_command(case, dag_id, day)
            return
        body = {
            "dry_run": False,
            "dag_run_id": self.run_id,
            "task_ids": case.tasks,
            "include_downstream": case.downstream,
            "include_upstream": case.upstream,
            "only_failed": case.only_failed,
        }
        answer = self.api.post(f"/api/v2/dags/{dag_id}/clearTaskInstances", json=body)
        assert answer.status_code == HTTPStatus.OK, answer.text

    def _finish(self, dag: Any) -> tuple[list[str], dict[str, str]]:
        """Lets the run go on to its end, as `dag.test` does, which itself would clear the whole run first.

        Returns which tasks were cleared, and the state of each in the end.
        """
        from airflow.models.dagrun import DagRun  # noqa: PLC0415
        from airflow.sdk.definitions.dag import _run_task  # noqa: PLC0415
        from airflow.serialization.serialized_objects import DagSerialization  # noqa: PLC0415
        from airflow.utils.session import create_session  # noqa: PLC0415
        from sqlalchemy import select  # noqa: PLC0415

        with create_session() as session:
            wanted = select(DagRun).where(DagRun.dag_id == self.dag_id, DagRun.run_id == self.run_id)
            run = session.scalars(wanted).one()
            run.dag = DagSerialization.deserialize_dag(DagSerialization.serialize_dag(dag))
            cleared = sorted(task.task_id for task in run.get_task_instances(session=session) if task.state is None)
            run.state = "running"
            while ready := self._ready(run, session):
                for task in ready:
                    _run_task(ti=task, task=dag.task_dict[task.task_id])
            states = {task.task_id: str(task.state) for task in run.get_task_instances(session=session)}
            self.state = str(run.state)
            return cleared, states

    @staticmethod
    def _ready(run: Any, session: Any) -> list[Any]:
        """The tasks to run next; none once the run has ended, or if it never would."""
        session.expire_all()
        ready, _ = run.update_state(session=session)
        for task in ready:
            task.try_number += 1
            task.state = "scheduled"
        session.commit()
        return ready


def _clear_by_command(case: Case, dag_id: str, day: datetime) -> None:
    from airflow.cli.cli_parser import get_parser  # noqa: PLC0415

    words = ["tasks", "clear", "--yes", "--start-date", day.isoformat(), "--end-date", day.isoformat()]
    chosen = {"--downstream": case.downstream, "--upstream": case.upstream, "--only-failed": case.only_failed}
    words += [option for option, wanted in chosen.items() if wanted]
    [task] = case.tasks
    arguments = get_parser().parse_args([*words, "--task-regex", task, dag_id])
    arguments.func(arguments)


if __name__ == "__main__":
    main()
