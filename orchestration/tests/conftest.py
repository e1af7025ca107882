"""Runs operators as Airflow's worker does, but without a database: `execute` with a context, against a real endpoint that
starts real processes. An "image" here is just the shell command that it is given.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

# Set before Airflow is imported, because the import writes a configuration to AIRFLOW_HOME.
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
def empty_pages() -> int:
    """How many empty pages a log has before each page with events; more with `parametrize`."""
    return 0


@pytest.fixture
def ecs(tmp_path: Path, recorder: EventRecorder, monkeypatch: pytest.MonkeyPatch, empty_pages: int) -> Iterator[Endpoint]:
    """An endpoint where each image runs its command unchanged."""
    endpoint = new_endpoint(tmp_path, [], recorder, empty_pages)
    endpoint.start()
    for name, value in endpoint.client_environment().items():
        monkeypatch.setenv(name, value)
    try:
        yield endpoint
    finally:
        endpoint.stop(grace=1)


@pytest.fixture(autouse=True)
def deployment_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """`paceline.json` of an empty deployment, without the credentials of this shell."""
    monkeypatch.setattr(deployment, "FILE", write_deployment(tmp_path))
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    for spelling in ("no_proxy", "NO_PROXY"):
        monkeypatch.setenv(spelling, "127.0.0.1")
    monkeypatch.delenv("PACELINE_RESCHEDULE", raising=False)
    return deployment.FILE


@pytest.fixture
def new_task() -> NewTask:
    """`new_task("echo hi; exit 3")` runs a shell script in place of the extract image."""

    def make(script: str, **kwargs: object) -> PacelineTaskOperator:
        return PacelineTaskOperator(
            task_id="extract", image="extract", definition="extract-strava", command=["bash", "-c", script], **kwargs
        )

    return make
