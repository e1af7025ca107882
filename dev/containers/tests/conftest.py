"""The local stack and the images alone, in containers; skipped, saying why, where no engine answers."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docker
import pytest
from paceline_local.compose.demo import run
from paceline_local.compose.docker_demo import DockerDemo
from paceline_local.compose.stack_file import StackFile
from paceline_local.orchestration.home import DAGS
from paceline_local.paths import CHECKOUT
from paceline_local.warehouse import Warehouse
from pipeline import Pipeline
from testcontainers.core.config import testcontainers_config
from testcontainers.core.network import Network

# Its reaper is an image, which cannot be pulled where no registry answers; the fixtures remove what they start.
testcontainers_config.ryuk_disabled = True

PROJECT = f"paceline-test-{os.getpid()}"
# `PACELINE_IMAGES=TAG` tests images that were built before; by default they are built from this checkout.
TAG = os.environ.get("PACELINE_IMAGES")
UP = ["--no-build"] if TAG else []


@dataclass(frozen=True)
class RunningStack:
    """A stack after its first run; `dags` is the folder that it has mounted, a copy of the checkout's."""

    demo: DockerDemo
    stack: StackFile
    warehouse: Warehouse
    dags: Path


@pytest.fixture(scope="session")
def engine() -> Iterator[Any]:
    for command in (["dev/images/engine"], ["bash", "-c", ". dev/containers/stack.sh && find_engine"]):
        found = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
        if found.returncode:
            pytest.skip(found.stderr.strip())
    client = docker.from_env()
    yield client
    client.close()


@pytest.fixture(scope="session")
def running(engine: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    folder = tmp_path_factory.mktemp("stack")
    dags = shutil.copytree(DAGS, folder / "dags", ignore=shutil.ignore_patterns("__pycache__", "paceline.json"))
    for path in (*folder.parents, *dags.rglob("*")):
        if path.is_relative_to(tmp_path_factory.getbasetemp().parent):
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))  # the containers' user is not this one
    demo = DockerDemo(
        folder / "demo", {"COMPOSE_PROJECT_NAME": PROJECT, "PACELINE_DAGS": str(dags), "PACELINE_TAG": TAG or "dev"}
    )
    try:
        yield RunningStack(demo, demo.stack(), run(demo, *UP), dags)
    finally:
        demo.delete()


@pytest.fixture(scope="module")
def pipeline(engine: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pipeline]:
    """One simulated athlete, nothing extracted yet."""
    with Network() as network, Pipeline.started(engine, network, TAG or "dev", tmp_path_factory.mktemp("sandbox")) as pipeline:
        yield pipeline


def left_of(engine: Any, project: str) -> list[str]:
    """What the engine still has of a project: containers, also those that its ECS started, networks and volumes."""
    of_project = {"label": f"com.docker.compose.project={project}"}
    of_endpoint = {"label": f"dev.paceline.ecs=/endpoint/{project}/logs"}
    containers = [*engine.containers.list(all=True, filters=of_project), *engine.containers.list(all=True, filters=of_endpoint)]
    others = [*engine.networks.list(filters=of_project), *engine.volumes.list(filters=of_project)]
    return [found.name for found in (*containers, *others)]
