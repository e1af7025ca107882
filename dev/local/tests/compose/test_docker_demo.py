"""What `make demo-clean` does with the demo in containers."""

from pathlib import Path

import pytest
from paceline_local.compose.docker_demo import DockerDemo
from paceline_local.compose.stack_file import StackFile


@pytest.fixture
def downs(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    calls: list[tuple[str, ...]] = []
    monkeypatch.setattr(StackFile, "down", lambda _, *options: calls.append(options))
    return calls


def test_a_demo_that_never_found_docker_is_deleted_without_it(tmp_path: Path, downs: list[tuple[str, ...]]) -> None:
    demo = DockerDemo(tmp_path / "docker-demo")
    demo.stack()
    demo.delete()
    assert not demo.folder.exists()
    assert downs == []


def test_a_demo_that_dev_up_started_is_stopped_first(tmp_path: Path, downs: list[tuple[str, ...]]) -> None:
    demo = DockerDemo(tmp_path / "docker-demo", {"PACELINE_WAREHOUSE_DATABASE_PASSWORD": "written"})
    demo.stack()
    demo.delete()
    assert not demo.folder.exists()
    assert downs == [("--volumes",)]
