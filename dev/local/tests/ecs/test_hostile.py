"""Misbehaving containers, many tasks at the same time, and malformed connections: none affects the others."""

import os
import signal
import socket
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from paceline_local.ecs.container_definitions import ContainerDefinition
from paceline_local.ecs.container_log import ContainerLog
from paceline_local.ecs.container_run import ContainerRun
from paceline_local.ecs.containers import ContainerSpec
from paceline_local.ecs.docker_settings import Volumes
from paceline_local.ecs.processes import ProcessImage, ProcessRunner
from paceline_local.ecs.request_fields import RequestFields
from paceline_local.ecs.streams import Stream

from .scripts import is_gone, no_thread_is_left, pid_of
from .world import CONNECTIONS, World, main_of


def test_child_processes_of_a_container_end_with_it(world: World) -> None:
    arn = world.begin("sleep 60 & echo up $!; echo done; exit 3")
    left = pid_of(world, arn)
    task = world.end_of(arn)
    assert main_of(task)["exitCode"] == 3
    assert world.events(arn)[1:] == ["done"]
    is_gone(left)


def test_a_process_that_left_its_session_and_keeps_the_output_open_does_not_block_its_task(world: World, tmp_path: Path) -> None:
    leaves = "import os, sys, time; os.setsid(); print('up', os.getpid(), flush=True); open(sys.argv[1], 'w'); time.sleep(60)"
    left = tmp_path / "left"
    arn = world.begin(f'{sys.executable} -c "{leaves}" {left} & until [ -e {left} ]; do sleep 0.05; done; exit 4')
    pid = pid_of(world, arn)
    try:
        assert main_of(world.end_of(arn))["exitCode"] == 4
    finally:
        os.kill(pid, signal.SIGKILL)


def test_a_container_that_closes_its_output_still_runs_to_its_end(world: World) -> None:
    assert main_of(world.run("exec >&- 2>&-; sleep 0.3; exit 5"))["exitCode"] == 5


def open_files() -> int:
    return len(list(Path("/dev/fd").iterdir()))


def test_two_hundred_concurrent_tasks_each_end_with_their_own_exit_code(world: World) -> None:
    before = open_files()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        arns = list(pool.map(lambda code: world.begin(f"exit {code}"), range(200)))
    codes = [main_of(world.end_of(arn))["exitCode"] for arn in arns]
    assert codes == list(range(200))
    assert world.ecs.list_tasks()["taskArns"] == []
    assert sorted(world.ecs.list_tasks(desiredStatus="STOPPED")["taskArns"]) == sorted(arns)
    no_thread_is_left()
    assert open_files() <= before + 2 * CONNECTIONS, "files of ended containers are still open"


def test_two_hundred_thousand_lines_arrive_exactly_once_and_in_order(world: World) -> None:
    arn = world.run("seq 200000")["taskArn"]
    stream = {"logGroupName": "/paceline", "logStreamName": f"paceline/main/{arn.rsplit('/', 1)[-1]}"}
    seen, token = [], {}
    while True:
        response = world.cloudwatch.get_log_events(**stream, startFromHead=True, **token)
        if token.get("nextToken") == response["nextForwardToken"]:
            break
        seen += [int(event["message"]) for event in response["events"]]
        token = {"nextToken": response["nextForwardToken"]}
    assert seen == list(range(1, 200_001))
    assert world.watched.events[-1].task.last_line == "200000"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has /dev/full to simulate a full disk")
def test_a_full_disk_ends_the_container_and_is_given_as_the_reason(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    ended = threading.Event()
    definition = ContainerDefinition.parse(RequestFields({"name": "yes", "image": "yes"}), Volumes({}))
    container = ProcessRunner({"yes": ProcessImage(["yes"])}).start(ContainerSpec("yes", "yes", (), (), {}, tmp_path))
    run = ContainerRun(definition, container, ContainerLog(Path("/dev/full"), Stream()), lambda _: ended.set())
    run.begin()
    assert ended.wait(10)
    assert (run.exit_code, run.failure) == (None, "CannotInspectContainerError: [Errno 28] No space left on device")
    assert container._process.returncode == -9
    assert "No space left on device" in caplog.text


@pytest.mark.parametrize(
    ("sent", "response"),
    [
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", b"501"),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\n\r\n", b"411"),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", b"411"),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: \xb2\r\n\r\n", b"411"),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1048577\r\n\r\n", b"413"),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n", b"413"),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}", b"MissingAuthenticationTokenException"),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{}", b""),
    ],
)
def test_a_malformed_request_gets_an_error_or_is_closed(world: World, sent: bytes, response: bytes) -> None:
    host, port = urlsplit(world.url).netloc.split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        received = b"".join(iter(lambda: connection.recv(65_536), b""))
    assert (response in received) if response else received == b""
    assert world.ecs.list_tasks()["taskArns"] == []
