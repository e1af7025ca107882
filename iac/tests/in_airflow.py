"""Run by Airflow's Python: writes down the tasks of strava_daily, and each call of AWS that its operator makes."""

import json
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from paceline_local.paths import CHECKOUT
from paceline_local.waiting import wait_until

# Where it may write; the file found.json there is its result.
FOLDER = Path(sys.argv[1])
os.environ["AIRFLOW_HOME"] = str(FOLDER / "airflow")  # before Airflow is imported, which writes there
sys.path[:0] = [str(CHECKOUT / "orchestration" / name) for name in ("dags", "tests")]

from airflow.sdk.exceptions import AirflowException  # noqa: E402
from botocore.client import BaseClient  # noqa: E402
from harness import DEPLOYMENT, EventRecorder, context, new_endpoint, write_deployment  # noqa: E402
from paceline import deployment  # noqa: E402
from paceline.task import PacelineTaskOperator  # noqa: E402

_FAILS, _RUNS = "echo reading; exit 70", "while true; do sleep 0.1; done"


def tasks() -> dict[str, Any]:
    """What each task of the DAG starts."""
    import strava_daily  # noqa: PLC0415 it reads paceline.json when it is imported

    return {
        task.task_id: {
            "family": task.task_definition,
            "container": task.overrides["containerOverrides"][0],
            "seconds": task.execution_timeout.total_seconds(),
            "tries": task.retries + 1,
            "wait_seconds": task.retry_delay.total_seconds(),
        }
        for task in vars(strava_daily).values()
        if isinstance(task, PacelineTaskOperator)
    }


def calls() -> list[dict[str, Any]]:
    """Of a container that fails, whose end is looked at, and of one that is stopped, as after a timeout or "mark failed"."""
    recorded: list[dict[str, Any]] = []
    BaseClient._make_api_call = _recording(BaseClient._make_api_call, recorded)  # the one place that all calls pass
    endpoint = new_endpoint(FOLDER, [], EventRecorder())
    endpoint.start()
    os.environ.update(endpoint.client_environment())
    try:
        with ThreadPoolExecutor(1) as pool:
            failing = pool.submit(_task(_FAILS).execute, context())
            if not isinstance(failing.exception(), AirflowException):
                raise TypeError(f"The container that fails ended the task with {failing.exception()!r}.")
            stopped = _task(_RUNS)
            running = pool.submit(stopped.execute, context())
            wait_until(lambda: stopped.arn is not None or running.done(), "The container did not start", "")
            stopped.on_kill()
            if not isinstance(running.exception(), AirflowException):
                raise TypeError(f"The container that is stopped ended the task with {running.exception()!r}.")
    finally:
        endpoint.stop(grace=1)
    return recorded


def _task(script: str) -> PacelineTaskOperator:
    return PacelineTaskOperator(
        task_id="extract", image="extract", definition="extract-strava", command=["bash", "-c", script], execution_timeout=None
    )


def _recording(call: Callable[..., Any], recorded: list[dict[str, Any]]) -> Callable[..., Any]:
    def recording(client: BaseClient, operation: str, parameters: dict[str, Any]) -> Any:
        recorded.append({"service": client.meta.service_model.signing_name, "operation": operation, "parameters": parameters})
        return call(client, operation, parameters)

    return recording


if __name__ == "__main__":
    deployment.FILE = write_deployment(FOLDER)
    (FOLDER / "found.json").write_text(json.dumps({"deployment": DEPLOYMENT, "tasks": tasks(), "calls": calls()}))
