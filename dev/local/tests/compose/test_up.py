"""What dev/up and dev/down say before anything starts. The engine is a script that has no images and no containers."""

import os
import socket
import stat
import subprocess
from pathlib import Path

import pytest
from paceline_local.failure import CONFIGURATION, UNAVAILABLE, USAGE
from paceline_local.paths import CHECKOUT

ENGINE = """#!/usr/bin/env bash
case "$*" in
    --version) echo "Docker version 28.0.0, build 1" ;;
    "buildx version" | "compose version" | version* | ps*) ;;
    "image inspect"* | "volume inspect"*) exit ${HAS:-1} ;;
    *) echo "unexpected: $*" >&2; exit 9 ;;
esac
"""


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """With ports that are free, and nothing else."""
    file = tmp_path / "env"
    file.touch(mode=0o600)
    write(file, PACELINE_AIRFLOW_PORT="0", PACELINE_POSTGRES_PORT="0", PACELINE_S3_PORT="0")
    return file


def write(file: Path, **lines: str) -> None:
    with file.open("a") as out:
        out.writelines(f"{name}={value}\n" for name, value in lines.items())


def run(tmp_path: Path, script: str, settings: Path, *options: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    docker = tmp_path / "bin" / "docker"
    docker.parent.mkdir(exist_ok=True)
    docker.write_text(ENGINE)
    docker.chmod(0o755)
    environment = {**os.environ, "PATH": f"{docker.parent}:{os.environ['PATH']}", "PACELINE_STACK": str(settings), **variables}
    return subprocess.run(
        [CHECKOUT / "dev" / script, *options], env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
    )


def test_the_first_start_writes_passwords_that_only_the_owner_can_read(tmp_path: Path) -> None:
    files = [tmp_path / "one" / "env", tmp_path / "two" / "env"]
    for file in files:
        assert run(tmp_path, "up", file, "--no-build").returncode == UNAVAILABLE  # there are no images
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    one, two = (dict(line.split("=", 1) for line in file.read_text().splitlines() if "=" in line) for file in files)
    secret = [name for name in one if name.endswith(("PASSWORD", "_KEY"))]
    assert len(secret) == 6
    assert [name for name in secret if len(one[name]) < 18 or one[name] == two[name]] == []


def test_a_second_start_keeps_what_the_file_has(tmp_path: Path, settings: Path) -> None:
    write(settings, PACELINE_AIRFLOW_PASSWORD="mine")
    run(tmp_path, "up", settings, "--no-build")
    once = settings.read_text()
    run(tmp_path, "up", settings, "--no-build")
    assert settings.read_text() == once
    assert once.count("PACELINE_AIRFLOW_PASSWORD=") == 1


def test_every_line_that_it_writes_is_explained(tmp_path: Path) -> None:
    file = tmp_path / "env"
    run(tmp_path, "up", file, "--no-build")
    example = (CHECKOUT / "dev" / ".env.example").read_text()
    written = [line.partition("=")[0] for line in file.read_text().splitlines() if "=" in line]
    assert [name for name in written if f"\n{name}=" not in example] == []


def test_settings_that_others_can_read_are_refused(tmp_path: Path, settings: Path) -> None:
    settings.chmod(0o644)
    done = run(tmp_path, "up", settings, "--no-build")
    assert (done.returncode, f"chmod 600 {settings}" in done.stderr) == (CONFIGURATION, True)


def test_a_taken_port_is_named_with_its_setting(tmp_path: Path, settings: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        write(settings, PACELINE_S3_PORT=str(port))
        done = run(tmp_path, "up", settings, "--no-build")
    assert done.returncode == UNAVAILABLE
    assert f"Port {port} of 127.0.0.1 is taken, which s3 is to listen on" in done.stderr
    assert "PACELINE_S3_PORT" in done.stderr


@pytest.mark.parametrize("port", ["x", "65536", "-1"])
def test_what_is_no_port_is_refused(tmp_path: Path, settings: Path, port: str) -> None:
    write(settings, PACELINE_AIRFLOW_PORT=port)
    done = run(tmp_path, "up", settings, "--no-build")
    assert (done.returncode, f"PACELINE_AIRFLOW_PORT={port} in" in done.stderr) == (CONFIGURATION, True)


def test_missing_images_are_named(tmp_path: Path, settings: Path) -> None:
    done = run(tmp_path, "up", settings, "--no-build")
    assert done.returncode == UNAVAILABLE
    assert "There is no image paceline/extract:dev paceline/load:dev" in done.stderr


def test_volumes_whose_passwords_are_gone_are_not_used_with_new_ones(tmp_path: Path, settings: Path) -> None:
    write(settings, COMPOSE_PROJECT_NAME="other")
    for file, project in {tmp_path / "none": "paceline", settings: "other"}.items():
        done = run(tmp_path, "up", file, "--no-build", HAS="0")
        assert done.returncode == CONFIGURATION
        assert f"There are volumes of an earlier stack {project}," in done.stderr
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("script", ["up", "down"])
def test_an_unknown_option_is_a_usage_error(tmp_path: Path, settings: Path, script: str) -> None:
    done = run(tmp_path, script, settings, "--everything")
    assert (done.returncode, f'dev/{script} does not know "--everything"' in done.stderr) == (USAGE, True)


def test_without_settings_there_is_nothing_to_stop(tmp_path: Path) -> None:
    done = run(tmp_path, "down", tmp_path / "none")
    assert (done.returncode, "dev/up has not run here" in done.stderr) == (CONFIGURATION, True)
