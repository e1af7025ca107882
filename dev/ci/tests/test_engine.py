"""Which docker client builds, and what is said where none can; clients are scripts here."""

import shutil
import subprocess
from pathlib import Path

import pytest
from paceline_local.paths import CHECKOUT

ENGINE = CHECKOUT / "dev" / "images" / "engine"
PROGRAMS = ("bash", "cut", "dirname", "env", "grep", "sed", "tail", "tr")
OLD, NEW = "Docker version 20.10.24, build 1", "Docker version 28.1.0, build 2"


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A folder with what the scripts need, and without docker."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for program in PROGRAMS:
        (folder / program).symlink_to(shutil.which(program) or program)
    return folder


def client(folder: Path, version: str, body: str) -> Path:
    folder.mkdir(exist_ok=True)
    docker = folder / "docker"
    docker.write_text(f'#!/usr/bin/env bash\nif [ "$1" = --version ]; then echo "{version}"; exit; fi\n{body}\n')
    docker.chmod(0o755)
    return docker


def run(*path: Path) -> subprocess.CompletedProcess[str]:
    env = {"PATH": ":".join(map(str, path)), "HOME": str(path[0])}
    return subprocess.run(ENGINE, capture_output=True, text=True, env=env, check=False)


def test_a_client_without_buildx_is_passed_over_for_one_with_buildkit(tmp_path: Path, tools: Path) -> None:
    new = client(tmp_path / "new", NEW, '[ "$1" = version ]')
    old = client(tmp_path / "old", OLD, "exit 0")
    assert run(new.parent, old.parent, tools).stdout.strip() == str(old)


def test_a_new_client_with_buildx_builds(tmp_path: Path, tools: Path) -> None:
    new = client(tmp_path / "new", NEW, "exit 0")
    assert run(new.parent, tools).stdout.strip() == str(new)


def test_without_docker_one_sentence_and_69(tools: Path) -> None:
    done = run(tools)
    assert done.returncode == 69
    assert done.stderr.startswith("paceline: there is no docker on the PATH")
    assert done.stderr.count("\n") == 1


def test_without_buildx_the_package_is_named(tmp_path: Path, tools: Path) -> None:
    new = client(tmp_path / "new", NEW, '[ "$1" = version ]')
    done = run(new.parent, tools)
    assert done.returncode == 69
    assert "docker-buildx-plugin" in done.stderr


def test_where_no_engine_answers_the_reason_is_said(tmp_path: Path, tools: Path) -> None:
    old = client(tmp_path / "old", OLD, 'echo "Cannot connect to the Docker daemon." >&2; exit 1')
    done = run(old.parent, tools)
    assert done.returncode == 69
    assert done.stderr.count("\n") == 1
    assert "(Cannot connect to the Docker daemon)" in done.stderr
