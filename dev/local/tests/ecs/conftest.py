"""Endpoints with containers as processes; nothing keeps running after a test."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from paceline_local.ecs import Endpoint, ProcessImage, ProcessRunner, Secrets
from paceline_local.ecs.containers import Runner
from paceline_local.ecs.task_events import Watch

from .world import Watched, World, key_of

# Must not appear in any test's output.
SECRET = "s3cr3t-V4lue"
IMAGES = {"shell": ProcessImage(["sh", "-c"]), "bare": ProcessImage([])}

NewWorld = Callable[..., World]


@contextmanager
def opened(logs: Path, runner: Runner | None = None, watch: Watch | None = None) -> Iterator[World]:
    watched = Watched()
    endpoint = Endpoint(runner or ProcessRunner(IMAGES), Secrets({"/paceline/token": SECRET}), logs, watch or watched)
    try:
        yield World(endpoint, endpoint.start(), key_of(endpoint), logs, watched)
    finally:
        endpoint.stop(grace=0)


@pytest.fixture
def new_world(tmp_path: Path) -> Iterator[NewWorld]:
    """`new_world(runner=…)`: a world with another runner, watch or log folder."""
    with ExitStack() as closing:
        numbers = itertools.count()

        def make(runner: Runner | None = None, watch: Watch | None = None, logs: Path | None = None) -> World:
            return closing.enter_context(opened(logs or tmp_path / f"logs-{next(numbers)}", runner, watch))

        yield make


@pytest.fixture
def world(new_world: NewWorld) -> World:
    return new_world()


@pytest.fixture(scope="session")
def untouched_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Shared by all tests whose requests are refused: it never starts a task."""
    with opened(tmp_path_factory.mktemp("untouched") / "logs") as world:
        yield world
        assert world.watched.events == []
