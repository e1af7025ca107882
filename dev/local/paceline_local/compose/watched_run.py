"""One run of a DAG in the stack's Airflow, triggered and followed through its API, printed task by task."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from paceline.report import summary

from paceline_local.failure import UNAVAILABLE, Failure
from paceline_local.orchestration.api import AirflowApi
from paceline_local.orchestration.dag_test import DAG_ID, STEPS
from paceline_local.steps import Steps
from paceline_local.waiting import wait_until

_ENDED = ("success", "failed", "upstream_failed", "skipped", "removed")
# In seconds: a first import on a slow machine.
_LONGEST = 1800


@dataclass(frozen=True)
class WatchedRun:
    """Tasks are printed in the order of the embedded demo, each once it and those before it have ended."""

    api: AirflowApi
    steps: Steps

    def run(self) -> str:
        """Returns the run's id if it succeeds; otherwise raises the error of its first failed task."""
        with self.steps.step("airflow", "waiting until it has read the DAG, and triggering it") as step:
            wait_until(lambda: self.api.has_dag(DAG_ID), f"Airflow did not read the DAG {DAG_ID}", "See its import errors.", 120)
            run_id = self.api.trigger(DAG_ID)
            step.result = f"runs {DAG_ID} once"
        for task_id, doing in STEPS.values():
            with self.steps.step(task_id, doing) as step:
                step.result = self._end_of(run_id, task_id)
        state = self._state(run_id)
        if state != "success":
            raise Failure(f"The run {run_id} of {DAG_ID} ended as {state}.", f"See {self.api.url}/dags/{DAG_ID}.", UNAVAILABLE)
        return run_id

    def _end_of(self, run_id: str, task_id: str) -> str:
        task: dict[str, Any] = {}

        def ended() -> bool:
            task.update(self.api.tasks(DAG_ID, run_id)[task_id])
            return task["state"] in _ENDED

        wait_until(ended, f"The task {task_id} did not end", f"See {self.api.url}/dags/{DAG_ID}.", _LONGEST)
        if task["state"] == "failed":
            raise Failure(
                f"The task {task_id} failed: {self._error(run_id, task)}", f"See {self.api.url}/dags/{DAG_ID}.", UNAVAILABLE
            )
        if task["state"] != "success":
            return str(task["state"])
        report = self.api.xcom(DAG_ID, run_id, task_id)
        return summary(report) if isinstance(report, Mapping) else "done"

    def _error(self, run_id: str, task: Mapping[str, Any]) -> str:
        """The last line that is an error, or else the last."""
        lines = self.api.log(DAG_ID, run_id, task)
        errors = [line for line in lines if line.get("level") in ("error", "critical")]
        detail = [value["exc_value"] for line in errors for value in line.get("error_detail") or []]
        return str((detail or [line.get("event") for line in errors or lines] or ["it has no log"])[-1])

    def _state(self, run_id: str) -> str:
        def state() -> str:
            return next(str(run["state"]) for run in self.api.runs(DAG_ID) if run["dag_run_id"] == run_id)

        wait_until(lambda: state() in ("success", "failed"), f"The run {run_id} did not end", "", 120)
        return state()
