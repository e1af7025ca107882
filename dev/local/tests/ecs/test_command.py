"""`python -m paceline_local.ecs` as a separate process: prints a line when ready, ends on a signal, leaves nothing running."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from botocore.client import BaseClient
from paceline_local.ecs.left_behind import LeftContainers
from paceline_local.failure import CONFIGURATION, UNAVAILABLE, USAGE
from paceline_local.marks import marked
from paceline_local.paths import CHECKOUT
from paceline_local.ports import free_port
from paceline_local.processes import exists
from paceline_local.waiting import PATIENCE, wait_until

from .world import client, definition, key_in

Start = Callable[..., subprocess.Popen[str]]
LEAVES_ITS_SESSION = f"{sys.executable} -c 'import os, time; os.setsid(); time.sleep(60)'"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files the command reads: one family, whose container prints its environment and secret and then waits."""
    says = 'echo up $$ $LAKE $TOKEN; trap "" TERM; while :; do sleep 0.1; done'
    (tmp_path / "containers").mkdir()
    shell = definition(command=[says], secrets=[{"name": "TOKEN", "valueFrom": "/paceline/token"}])
    (tmp_path / "containers" / "shell.json").write_text(json.dumps(shell))
    (tmp_path / "images.json").write_text('{"shell": {"argv": ["sh", "-c"]}}')
    (tmp_path / "environment.json").write_text('{"shell": {"LAKE": "file:///lake"}}')
    (tmp_path / "secrets.json").touch(mode=0o600)
    (tmp_path / "secrets.json").write_text('{"/paceline/token": "t0ken"}')
    return tmp_path


@pytest.fixture
def start(folder: Path) -> Iterator[Start]:
    """`start(images=None, docker=True)` replaces these options; standard output and error go to pipes."""
    started = []

    def make(**changed: object) -> subprocess.Popen[str]:
        files = {name: folder / f"{name}.json" for name in ("images", "environment", "secrets")}
        options = {"containers": folder / "containers", "logs": folder / "logs", "port": 0, **files, **changed}
        given = [(f"--{name}", str(value)) for name, value in options.items() if value not in (None, True)]
        flags = [f"--{name}" for name, value in options.items() if value is True]
        started.append(
            subprocess.Popen(
                [sys.executable, "-m", "paceline_local.ecs", *flags, *(word for pair in given for word in pair)],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                env={**os.environ, "PYTHONPATH": str(CHECKOUT / "dev" / "local")},
            )
        )
        return started[-1]

    yield make
    for process in started:
        process.kill()
        process.communicate()


def ready(process: subprocess.Popen[str]) -> BaseClient:
    """A client for the address that it prints."""
    line = process.stdout.readline()
    output = re.fullmatch(r"Serving ECS and CloudWatch Logs on (\S+); access key: (\S+); task definitions: shell\n", line)
    assert output
    return client("ecs", output[1], key_in(Path(output[2])))


def first_words(logs: Path) -> list[str]:
    """What the container printed: up, its pid, its environment and its secret."""
    wait_until(lambda: logs.is_dir() and any(file.stat().st_size for file in logs.iterdir()), "The container printed nothing", "")
    return next(logs.iterdir()).read_text().split()


def test_a_signal_stops_it_and_a_second_one_kills_its_containers_immediately(start: Start, folder: Path) -> None:
    process = start()
    ecs = ready(process)
    ecs.run_task(taskDefinition="shell")
    up, pid, lake, token = first_words(folder / "logs")
    assert (up, lake, token) == ("up", "file:///lake", "t0ken")
    process.send_signal(signal.SIGTERM)
    wait_until(lambda: ecs.list_tasks()["taskArns"] == [], "The signal did not arrive", "")
    assert exists(int(pid))
    process.send_signal(signal.SIGTERM)
    _, output = process.communicate(timeout=PATIENCE)
    assert (process.returncode, exists(int(pid))) == (143, False)
    assert re.search(r"shell [0-9a-f]{32} started: echo up", output)
    assert re.search(r"shell [0-9a-f]{32} ended with 137: up", output)


def test_ctrl_c_prints_one_sentence(start: Start, folder: Path) -> None:
    process = start()
    ready(process)
    process.send_signal(signal.SIGINT)
    _, output = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert output.startswith("paceline: stopped from the keyboard")


def kill(process: subprocess.Popen[str]) -> None:
    """As `kill -9` does: it can stop nothing that it has started."""
    process.kill()
    process.communicate()


def start_a_container(process: subprocess.Popen[str], folder: Path) -> int:
    """The pid of a container that ends when it is asked to, with a child that has left its session."""
    ecs = ready(process)
    script = f"{LEAVES_ITS_SESSION} & echo up $$; wait"
    overrides = {"containerOverrides": [{"name": "main", "command": [script]}]}
    ecs.run_task(taskDefinition="shell", overrides=overrides)
    wait_until(lambda: len(marked(folder / "logs")) == 2, "The container did not start", "")
    return int(first_words(folder / "logs")[1])


def test_the_next_endpoint_ends_the_containers_of_a_killed_one(start: Start, folder: Path) -> None:
    first = start()
    pid = start_a_container(first, folder)
    kill(first)
    assert exists(pid)
    assert len(marked(folder / "logs")) == 2
    second = start()
    assert ready(second).list_tasks()["taskArns"] == []
    assert marked(folder / "logs") == set()
    second.send_signal(signal.SIGTERM)
    _, output = second.communicate(timeout=PATIENCE)
    assert f"Ended the containers of {folder / 'logs'}, whose endpoint had been killed." in output


def test_another_command_ends_the_containers_of_a_killed_endpoint_but_not_of_a_running_one(start: Start, folder: Path) -> None:
    process = start()
    start_a_container(process, folder)
    left = LeftContainers(folder / "logs")
    assert not left.stop()
    assert len(marked(folder / "logs")) == 2
    kill(process)
    assert left.stop()
    assert marked(folder / "logs") == set()
    assert not left.stop()


@pytest.mark.parametrize(
    ("changed", "code", "message"),
    [
        ({"secrets": "nowhere.json"}, CONFIGURATION, "The secrets cannot be read from nowhere.json"),
        ({"images": "nowhere.json"}, CONFIGURATION, "The images cannot be read from nowhere.json"),
        ({"environment": "nowhere.json"}, CONFIGURATION, "The environment cannot be read from nowhere.json"),
        ({"containers": "nowhere"}, CONFIGURATION, "nowhere has no task definitions"),
        ({"network": "n"}, USAGE, "--network requires --docker"),
        ({"port": 70_000}, UNAVAILABLE, "cannot listen on 127.0.0.1, port 70000"),
    ],
)
def test_a_usage_error_is_one_sentence(start: Start, changed: dict, code: int, message: str) -> None:
    process = start(**changed)
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, err.count("\n")) == (code, "", 1)
    assert message in err


def test_a_definition_that_cannot_run_is_one_sentence(start: Start, folder: Path) -> None:
    (folder / "containers" / "shell.json").write_text(
        json.dumps(definition(dependsOn=[{"containerName": "x", "condition": "START"}]))
    )
    process = start()
    _, output = process.communicate(timeout=PATIENCE)
    assert process.returncode == CONFIGURATION
    message = "paceline: The task definition 'shell' is refused: The local ECS endpoint does not support dependsOn"
    assert output.startswith(message)


def test_without_a_docker_daemon_it_says_so(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"tcp://127.0.0.1:{free_port()}")
    process = start(images=None, docker=True)
    _, output = process.communicate(timeout=PATIENCE)
    assert (process.returncode, output.count("\n")) == (UNAVAILABLE, 1)
    assert "The Docker daemon does not respond" in output
    assert "Start Docker, or run the containers as processes." in output
