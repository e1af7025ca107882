"""Operators run as Airflow's worker runs them, but without a database: `execute` with a context, against a real endpoint that
starts real processes. An image here is whatever shell its command names.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

# Before Airflow is imported: it writes its configuration where it is told its home is.
os.environ["AIRFLOW_HOME"] = tempfile.mkdtemp(prefix="airflow-home-")

import pytest
from harness import EventRecorder, new_endpoint, write_deployment
from paceline import deployment
from paceline.task import PacelineTaskOperator
from paceline_local.ecs.endpoint import Endpoint

NewTask = Callable[..., PacelineTaskOperator]
atexit.register(shutil.rmtree, os.environ["AIRFLOW_HOME"], ignore_errors=True)


@pytest.fixture
def recorder() -> EventRecorder:
    return EventRecorder()


@pytest.fixture
def ecs(tmp_path: Path, recorder: EventRecorder, monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    """Each image runs its command as it stands."""
    endpoint = new_endpoint(tmp_path, [], recorder)
    url = endpoint.start()
    for name in ("ECS", "CLOUDWATCH_LOGS"):
        monkeypatch.setenv(f"AWS_ENDPOINT_URL_{name}", url)
    try:
        yield endpoint
    finally:
        endpoint.stop(grace=1)


@pytest.fixture(autouse=True)
def deployment_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """`paceline.json` of a place with nothing in it, and nobody's credentials."""
    monkeypatch.setattr(deployment, "FILE", write_deployment(tmp_path))
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "nobody")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.delenv("PACELINE_RESCHEDULE", raising=False)
    return deployment.FILE


@pytest.fixture
def new_task() -> NewTask:
    """`new_task("echo hi; exit 3")`: the extract image with a shell's words."""

    def make(script: str, **kwargs: object) -> PacelineTaskOperator:
        return PacelineTaskOperator(task_id="extract", image="extract", command=["bash", "-c", script], **kwargs)

    return make
