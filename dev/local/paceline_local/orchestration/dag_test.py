"""Runs a DAG once by `airflow dags test`, without a scheduler, and tells each container as a step."""

import queue
import subprocess
from dataclasses import dataclass, field
from datetime import UTC, datetime

from paceline.outcome import Done, End, outcome
from paceline.report import last_report, summary

from paceline_local.commands import Outcome
from paceline_local.ecs.watching import Ended, Started
from paceline_local.failure import BUG, UNAVAILABLE, Failure
from paceline_local.logged import last_words
from paceline_local.orchestration.embedded import CONTAINERS
from paceline_local.orchestration.home import AirflowHome
from paceline_local.processes import kill_group
from paceline_local.steps import Steps

DAG_ID = "strava_daily"
_LOG = "dags-test"

# What a person reads, by the first word of the container's command.
_STEPS = {
    "sync": ("extract", "reading what is new into the lake"),
    "stage": ("stage", "staging what the lake has gained"),
    "check": ("check", "asking the gate"),
    "publish": ("publish", "publishing it in one transaction"),
    "discard": ("discard_stage", "discarding what is left in stage"),
    "build": ("dbt", "building and testing the models"),
}


@dataclass
class DagTest:
    """One run of one DAG; `watch` is what the endpoint tells."""

    home: AirflowHome
    steps: Steps
    _events: "queue.Queue[Started | Ended]" = field(default_factory=queue.Queue, init=False, repr=False)
    _failed: list[Ended] = field(default_factory=list, init=False, repr=False)

    def watch(self, event: "Started | Ended") -> None:
        self._events.put(event)

    def run(self, dag_id: str, ecs: str) -> None:
        """Returns where the run is green; else fails with the words and the exit code of what failed first."""
        # Nobody waits in front of a terminal until a budget is there again.
        environment = self.home.environment(ecs, PACELINE_RESCHEDULE="off")
        airflow = self.home.start(_LOG, ["dags", "test", dag_id], environment)
        try:
            self._tell(airflow)
        finally:
            # Nothing is left of it also where somebody stops waiting; its containers end with the endpoint.
            kill_group(airflow.pid)
            airflow.wait()
        if airflow.returncode:
            for ended in self._failed:
                self._refuse(ended)
            log = self.home.log(_LOG)
            raise Failure(f"The DAG {dag_id} failed: {last_words(log)}", f"Airflow's log is {log}.", BUG)

    def _tell(self, airflow: "subprocess.Popen[bytes]") -> None:
        """`airflow dags test` runs one task at a time, so each start is followed by its own end."""
        while (started := self._next(airflow)) is not None:
            word = started.task.command[0] if started.task.command else ""
            name, doing = _STEPS.get(word, (started.task.container, " ".join(started.task.command)))
            with self.steps.step(name, doing) as step:
                ended = self._next(airflow)
                step.result = self._result(ended) if isinstance(ended, Ended) else "Airflow ended before it did"

    def _result(self, ended: Ended) -> str:
        """Green by the same rule as the task in Airflow."""
        exit_code, report = ended.task.exit_code, last_report([ended.task.last_line])
        end = End(ended.task.container, exit_code, "", ended.task.reason, report)
        if isinstance(outcome(end, datetime.now(UTC)), Done):
            return summary(report) if report else "done"
        self._failed.append(ended)
        return f"did not start: {ended.task.reason}" if exit_code is None else f"failed with exit {exit_code}"

    @staticmethod
    def _refuse(ended: Ended) -> None:
        task = ended.task
        if task.exit_code is None:
            raise Failure(f"{task.container} did not start: {task.reason}.", f"Its definition is in {CONTAINERS}.", UNAVAILABLE)
        Outcome(task.exit_code, dict(last_report([task.last_line]) or {}), task.log).or_fail(task.container)

    def _next(self, airflow: "subprocess.Popen[bytes]") -> Started | Ended | None:
        """The next thing that the endpoint tells; None when Airflow has ended and nothing is left to tell."""
        while True:
            ended = airflow.poll() is not None
            try:
                return self._events.get(timeout=0.1)
            except queue.Empty:
                if ended:
                    return None
