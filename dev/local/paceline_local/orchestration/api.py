"""The part of Airflow's REST API that is used here: health, runs, tasks."""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from paceline_local.failure import UNAVAILABLE, Failure
from paceline_local.orchestration.login import USER, HasPassword
from paceline_local.waiting import PATIENCE, wait_until

# A probe is repeated, so one that gets no response must not use up the time of all of them.
_PROBE_SECONDS = 30
_COMPONENTS = ("metadatabase", "scheduler", "dag_processor", "triggerer")


@dataclass(frozen=True)
class AirflowApi:
    """Each call logs in again, so nothing expires."""

    url: str
    login: HasPassword

    def is_healthy(self) -> bool:
        """Returns whether all components are healthy."""
        try:
            health = self._send("GET", "/api/v2/monitor/health", None, {}, _PROBE_SECONDS)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False
        return all((health.get(name) or {}).get("status") == "healthy" for name in _COMPONENTS)

    def refuses_foreign_hosts(self) -> bool:
        """Whether our plug-in has been loaded: without it a page whose name was pointed to this machine gets responses."""
        try:
            self._send("GET", "/api/v2/version", None, {"Host": "foreign.invalid"})
        except urllib.error.HTTPError as error:
            return error.code == HTTPStatus.BAD_REQUEST
        return False

    def has_dag(self, dag_id: str) -> bool:
        """Returns whether the DAG processor has read it."""
        try:
            self.call("GET", f"/dags/{dag_id}")
        except Failure:
            return False
        return True

    def unpause(self, dag_id: str) -> None:
        self.call("PATCH", f"/dags/{dag_id}", {"is_paused": False})

    def trigger(self, dag_id: str) -> str:
        """Starts a manual run, without a logical date, and returns its id."""
        return str(self.call("POST", f"/dags/{dag_id}/dagRuns", {"logical_date": None})["dag_run_id"])

    def delete_interrupted_runs(self, dag_id: str) -> None:
        """Deletes the runs of an `airflow dags test` that was killed: no scheduler started them, so none would end them.

        Airflow does not delete a running run, so each is first marked as failed. It may end as a success all the same,
        because its tasks are skipped.
        """
        for run in self.runs(dag_id):
            if run["triggered_by"] == "test" and run["state"] == "running":
                path = f"/dags/{dag_id}/dagRuns/{quote(run['dag_run_id'], safe='')}"
                self.call("PATCH", path, {"state": "failed"})
                wait_until(lambda path=path: self.call("GET", path)["state"] != "running", f"{path} did not end", "")
                self.call("DELETE", path)

    def runs(self, dag_id: str) -> list[dict[str, Any]]:
        return list(self.call("GET", f"/dags/{dag_id}/dagRuns?order_by=run_after&limit=100")["dag_runs"])

    def tasks(self, dag_id: str, run_id: str) -> dict[str, dict[str, Any]]:
        """The task instances of a run by task id."""
        found = self.call("GET", f"/dags/{dag_id}/dagRuns/{quote(run_id, safe='')}/taskInstances")["task_instances"]
        return {task["task_id"]: task for task in found}

    def xcom(self, dag_id: str, run_id: str, task_id: str) -> Any:
        """What a task returned."""
        path = (
            f"/dags/{dag_id}/dagRuns/{quote(run_id, safe='')}/taskInstances/{task_id}/xcomEntries/return_value?deserialize=true"
        )
        return self.call("GET", path)["value"]

    def log(self, dag_id: str, run_id: str, task: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The lines of the last try of a task instance, as Airflow's own objects."""
        path = f"/dags/{dag_id}/dagRuns/{quote(run_id, safe='')}/taskInstances/{task['task_id']}/logs/{task['try_number']}"
        return list(self.call("GET", path)["content"])

    def call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Calls an endpoint below `/api/v2` and returns its response; an error is a Failure with Airflow's own message."""
        try:
            body_of_login = {"username": USER, "password": self.login.password}
            token = self._send("POST", "/auth/token", body_of_login, {})["access_token"]
            return self._send(method, f"/api/v2{path}", body, {"Authorization": f"Bearer {token}"})
        except urllib.error.HTTPError as error:
            message = error.read().decode(errors="replace")[:500]
            raise Failure(f"Airflow refused {method} {path} with {error.code}: {message}", "", UNAVAILABLE) from None
        except (urllib.error.URLError, ConnectionError, TimeoutError) as error:
            raise Failure(f"Airflow at {self.url} does not respond: {error}.", "Run `make airflow`.", UNAVAILABLE) from None

    def _send(
        self, method: str, path: str, body: Mapping[str, Any] | None, headers: Mapping[str, str], seconds: float = PATIENCE
    ) -> Any:
        data = None if body is None else json.dumps(body).encode()
        sent = {"Content-Type": "application/json", "Accept": "application/json", **headers}
        request = urllib.request.Request(self.url + path, data, sent, method=method)  # noqa: S310
        with urllib.request.urlopen(request, timeout=seconds) as response:  # noqa: S310 loopback
            text = response.read()
        return json.loads(text) if text else None
