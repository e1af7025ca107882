"""What dev/up does once it has settings and images. The engine is a script that has all images."""

import os
from pathlib import Path

import pytest
from paceline_local.failure import CONFIGURATION
from paceline_local.waiting import wait_until

from .scripted_engine import run, start, write


@pytest.fixture
def stack(settings: Path) -> Path:
    write(settings, PACELINE_WAREHOUSE_DATABASE_PASSWORD="written")
    return settings


def test_what_a_service_reads_through_another_recreates_it_when_it_changes(tmp_path: Path, stack: Path) -> None:
    def deployed() -> str:
        (line,) = [
            line
            for line in run(tmp_path, "containers/compose", stack, "config").stdout.splitlines()
            if line.startswith("PACELINE_DEPLOYED=")
        ]
        return line

    before = deployed()
    assert len(before) > len("PACELINE_DEPLOYED=")
    assert deployed() == before
    write(stack, PACELINE_LAKE="s3://bucket/lake")
    assert deployed() != before


@pytest.mark.parametrize(
    ("reads", "message"),
    [
        ({"READS_DAGS": "1"}, "Containers cannot read the folder of DAGs"),
        ({"READS_CA": "1"}, "Containers cannot read PACELINE_WAREHOUSE_CA=/dev/null"),
    ],
)
def test_what_containers_cannot_read_is_named(tmp_path: Path, stack: Path, reads: dict[str, str], message: str) -> None:
    ca = tmp_path / "ca.pem"
    ca.touch()
    write(stack, PACELINE_WAREHOUSE_CA=str(ca))
    done = run(tmp_path, "up", stack, "--no-build", HAS="0", **reads)
    assert (done.returncode, message.replace("/dev/null", str(ca)) in done.stderr) == (CONFIGURATION, True)


def test_what_is_not_the_engines_socket_is_refused(tmp_path: Path, stack: Path) -> None:
    write(stack, PACELINE_DOCKER_SOCKET="/run")
    done = run(tmp_path, "up", stack, "--no-build", HAS="0", SOCKET="directory 0")
    assert done.returncode == CONFIGURATION
    assert '/run is not a socket but "directory": set PACELINE_DOCKER_SOCKET' in done.stderr


def test_the_exit_code_of_deploy_becomes_that_of_dev_up(tmp_path: Path, stack: Path) -> None:
    done = run(tmp_path, "up", stack, "--no-build", HAS="0", DEPLOY="1234")
    assert done.returncode == CONFIGURATION
    assert "the last lines of deploy" in done.stderr
    assert "The service deploy exited with 78" in done.stderr


def test_compose_ends_with_dev_up(tmp_path: Path, stack: Path) -> None:
    starting = tmp_path / "bin" / "docker.starting"
    with start(tmp_path, "up", stack, "--no-build", HAS="0") as up:
        wait_until(lambda: starting.exists() and bool(starting.read_text()), "dev/up did not start Compose", "")
        up.terminate()
        up.communicate()
    compose = int(starting.read_text())
    with pytest.raises(ProcessLookupError):
        os.kill(compose, 9)
    assert "PACELINE_DOCKER_GROUP=42" in stack.read_text().splitlines()
