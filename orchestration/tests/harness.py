"""What tests put around the operators: a deployment, secrets, the context of a run, and a recorder of the endpoint's events."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from paceline_local.ecs.definitions_folder import read_definitions
from paceline_local.ecs.endpoint import Endpoint
from paceline_local.ecs.processes import ProcessImage, ProcessRunner
from paceline_local.ecs.secrets import Secrets
from paceline_local.ecs.task_events import Ended, Started
from paceline_local.paths import CHECKOUT

ORCHESTRATION = CHECKOUT / "orchestration"
CONTAINERS = ORCHESTRATION / "containers"
DAGS = ORCHESTRATION / "dags"

DEPLOYMENT: dict[str, Any] = {
    "region": "eu-west-1",
    "cluster": "test",
    "capacity_providers": [{"provider": "FARGATE", "weight": 1}],
    "subnets": ["subnet-1"],
    "security_groups": ["sg-1"],
    "assign_public_ip": False,
    "families": {name: f"paceline-{name}" for name in ("extract-strava", "extract-strava-club", "load", "transformation")},
    "log_group": "/paceline",
    "lake": "file:///nowhere",
    "poll_seconds": 1,
    "log_seconds": 1,
}


def task_definitions() -> list[dict[str, Any]]:
    """Those that are deployed, and that of a second application: a copy of the first with another name."""
    first = (CONTAINERS / "extract-strava.json").read_text()
    second = first.replace("extract-strava", "extract-strava-club").replace("/paceline/strava/", "/paceline/strava-club/")
    return [*read_definitions(CONTAINERS, {}), json.loads(second)]


def secrets_of(definition: Mapping[str, Any]) -> dict[str, str]:
    """Parameter names by variable."""
    return {
        secret["name"]: secret["valueFrom"] for container in definition["containerDefinitions"] for secret in container["secrets"]
    }


def write_deployment(folder: Path, **more: Any) -> Path:
    file = folder / "paceline.json"
    file.write_text(json.dumps({**DEPLOYMENT, **more}))
    return file


def write_secrets(file: Path) -> Path:
    """Every parameter that the task definitions refer to, each with its own name as the value."""
    names = {name for definition in task_definitions() for name in secrets_of(definition).values()}
    file.touch(mode=0o600)
    file.write_text(json.dumps({name: f"value of {name}" for name in names}))
    return file


def new_endpoint(folder: Path, argv: list[str], recorder: "EventRecorder", empty_pages: int = 0) -> Endpoint:
    """An endpoint with the same task definitions as on AWS; `argv` stands in for each of their images."""
    image = ProcessImage(argv=argv, env={}, cwd=folder)
    runner = ProcessRunner({f"paceline/{name}": image for name in ("extract", "load", "transformation")})
    secrets = Secrets.read(write_secrets(folder / "ssm.json"))
    endpoint = Endpoint(runner, secrets, logs=folder / "logs", watch=recorder, empty_pages=empty_pages)
    for definition in task_definitions():
        endpoint.register(definition)
    return endpoint


def report(step: str = "sync", **members: Any) -> str:
    """A report as an image prints it."""
    return json.dumps({"report": "extract", "step": step, "source": "strava", "seconds": 0.1, **members})


@dataclass
class TaskInstance:
    """The part of Airflow's TaskInstance that the operators use."""

    task_id: str = "extract"
    dag_id: str = "strava_daily"
    run_id: str = "manual__2026-11-21"
    map_index: int = -1
    try_number: int = 1
    max_tries: int = 2
    """The number of retries, to which each clearing adds the tries before it. The try after it is the last."""
    waiting_since: datetime | None = None
    pushed: dict[str, Any] = field(default_factory=dict)
    reports: dict[str, Any] = field(default_factory=dict)

    def xcom_push(self, key: str, value: Any) -> None:
        self.pushed[key] = value

    def xcom_pull(self, task_ids: str) -> Any:
        return self.reports[task_ids]

    def get_first_reschedule_date(self, _context: Mapping[str, Any]) -> datetime | None:
        return self.waiting_since


@dataclass(frozen=True)
class DagRun:
    """A run that the scheduler created has a logical date; one that a user or the API triggered has none."""

    logical_date: datetime | None = None
    run_after: datetime = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)


def context(ti: TaskInstance | None = None, dag_run: DagRun | None = None) -> dict[str, Any]:
    ti = ti or TaskInstance()
    return {"ti": ti, "run_id": ti.run_id, "dag_run": dag_run or DagRun()}


@dataclass
class EventRecorder:
    """Records what the endpoint reports about the containers it runs."""

    events: list[Started | Ended] = field(default_factory=list)

    def __call__(self, event: Started | Ended) -> None:
        self.events.append(event)

    @property
    def started(self) -> list[Any]:
        return [event.task for event in self.events if isinstance(event, Started)]

    @property
    def ended(self) -> list[Any]:
        return [event.task for event in self.events if isinstance(event, Ended)]


def run_worker(deployment_file: Path, script: str) -> None:
    """The body of a worker process: runs a shell script in place of the extract image."""
    from paceline import deployment  # noqa: PLC0415 Airflow's import takes seconds, and only a worker needs it here
    from paceline.task import PacelineTaskOperator  # noqa: PLC0415

    deployment.FILE = deployment_file
    PacelineTaskOperator(task_id="extract", image="extract", definition="extract-strava", command=["bash", "-c", script]).execute(
        context()
    )
