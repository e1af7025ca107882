"""Runs a DAG once with `airflow dags test`, without a scheduler, and prints each container as a step."""

import json
import queue
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from paceline.outcome import ContainerExit, Done, outcome
from paceline.report import last_report, summary

from paceline_local.commands import Outcome
from paceline_local.ecs.task_events import Ended, Started
from paceline_local.failure import BUG, UNAVAILABLE, Failure
from paceline_local.logged import error_line
from paceline_local.orchestration.embedded import CONTAINERS
from paceline_local.orchestration.home import AirflowHome
from paceline_local.processes import kill_group
from paceline_local.steps import Steps

DAG_ID = "strava_daily"
_LOG = "dags-test"
_SCRIPT = Path(__file__).with_name("run_dag.py")

# What is printed, by the first word of the container's command.
STEPS = {
    "sync": ("extract", "reading new records into the lake"),
    "stage": ("stage", "staging new commits of the lake"),
    "check": ("check", "running the checks"),
    "publish": ("publish", "publishing the stage in one transaction"),
    "discard": ("discard_stage", "discarding what is left in stage"),
    "build": ("dbt", "building and testing the models"),
}


@dataclass
class DagTest:
    """One run of one DAG; the endpoint passes its task events to `watch`.

    Airflow is loading as soon as the `with` block begins, and nothing of it runs any more when the block has ended.
    """

    home: AirflowHome
    steps: Steps
    dag_id: str = DAG_ID
    _airflow: "subprocess.Popen[bytes] | None" = field(default=None, init=False, repr=False)
    _events: "queue.Queue[Started | Ended]" = field(default_factory=queue.Queue, init=False, repr=False)
    _failed: list[Ended] = field(default_factory=list, init=False, repr=False)

    def watch(self, event: "Started | Ended") -> None:
        self._events.put(event)

    def __enter__(self) -> Self:
        self._airflow = self.home.start_script(_LOG, _SCRIPT, [self.dag_id])
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._end()

    def run(self, ecs: Mapping[str, str]) -> None:
        """Returns if the run succeeds; otherwise raises the error of the first failed container, with its exit code."""
        try:
            self._run(ecs)
        finally:
            # Also when the wait is interrupted, nothing keeps running; the containers end with the endpoint.
            self._end()

    def _run(self, ecs: Mapping[str, str]) -> None:
        airflow = self._airflow
        if airflow is None or airflow.stdin is None:
            raise RuntimeError("call run() inside the `with` block, once")
        with self.steps.step("airflow", "starting it, and reading the DAG") as step:
            # At a terminal, do not wait until the budget is available again.
            environment = self.home.environment(ecs, PACELINE_RESCHEDULE="off")
            with suppress(BrokenPipeError):  # it has ended; its log says why
                airflow.stdin.write(json.dumps(environment).encode() + b"\n")
                airflow.stdin.flush()
            first = self._next(airflow)
            step.result = f"runs {self.dag_id} once" if first else "it ended"
        self._print_steps(airflow, first)
        if self._end():
            for ended in self._failed:
                self._raise_failure(ended)
            log = self.home.log(_LOG)
            raise Failure(f"The DAG {self.dag_id} failed: {error_line(log)}", f"See Airflow's log {log}.", BUG)

    def _end(self) -> int:
        """Kills what is left of it, and returns its exit code."""
        airflow, self._airflow = self._airflow, None
        if airflow is None:
            return 0
        kill_group(airflow.pid)
        airflow.communicate()
        return airflow.returncode

    def _print_steps(self, airflow: "subprocess.Popen[bytes]", first: Started | Ended | None = None) -> None:
        """`airflow dags test` runs one task at a time, so each start is followed by its own end.

        Between them Airflow itself takes a moment: it reads the container's log and decides what is next.
        """
        started = first or self._next(airflow)
        while started is not None:
            word = started.task.command[0] if started.task.command else ""
            name, doing = STEPS.get(word, (started.task.container, " ".join(started.task.command)))
            with self.steps.step_and_rest(name, doing, "Airflow") as end:
                ended = self._next(airflow)
                end(self._result(ended) if isinstance(ended, Ended) else "Airflow ended first")
                started = self._next(airflow)

    def _result(self, ended: Ended) -> str:
        """Decides success by the same rule as the task in Airflow."""
        exit_code, report = ended.task.exit_code, last_report([ended.task.last_line])
        end = ContainerExit(ended.task.container, exit_code, "", ended.task.reason, report)
        if isinstance(outcome(end, datetime.now(UTC)), Done):
            return summary(report) if report else "done"
        self._failed.append(ended)
        return f"did not start: {ended.task.reason}" if exit_code is None else f"failed with exit {exit_code}"

    @staticmethod
    def _raise_failure(ended: Ended) -> None:
        task = ended.task
        if task.exit_code is None:
            raise Failure(f"{task.container} did not start: {task.reason}.", f"Its definition is in {CONTAINERS}.", UNAVAILABLE)
        Outcome(task.exit_code, dict(last_report([task.last_line]) or {}), task.log).or_fail(task.container)

    def _next(self, airflow: "subprocess.Popen[bytes]") -> Started | Ended | None:
        """The next event of the endpoint; None once Airflow has ended and all events are handled."""
        while True:
            ended = airflow.poll() is not None
            try:
                return self._events.get(timeout=0.1)
            except queue.Empty:
                if ended:
                    return None
