"""A task that is stopped: by StopTask, by one of its containers, by a kill from outside, or with the endpoint."""

import os
import signal
import threading
import time
from pathlib import Path

import pytest
from botocore.exceptions import EndpointConnectionError
from paceline_local.ecs import Ended, Endpoint, ProcessRunner, Secrets
from paceline_local.ecs.containers import Container, ContainerSpec
from paceline_local.failure import Failure
from paceline_local.processes import exists
from paceline_local.waiting import wait_until

from .conftest import IMAGES, NewWorld
from .scripts import IGNORES_TERM, STUBBORN, WAITS, is_gone, pid_of
from .world import World, definition, main_of


def test_stop_task_sends_sigterm_and_keeps_the_reason(world: World) -> None:
    arn = world.begin("trap 'echo bye; exit 75' TERM; echo up; while :; do sleep 0.1; done")
    world.wait_for("up", arn)
    world.ecs.stop_task(task=arn, reason="by request")
    task = world.end_of(arn)
    assert (task["stopCode"], task["stoppedReason"], main_of(task)["exitCode"]) == ("UserInitiated", "by request", 75)
    assert world.events(arn)[-1] == "bye"


def test_a_container_that_ignores_sigterm_is_killed_after_its_stop_timeout(world: World) -> None:
    world.endpoint.register(definition("stubborn", stopTimeout=1))
    arn = world.begin(IGNORES_TERM, family="stubborn")
    pid = pid_of(world, arn)
    world.ecs.stop_task(task=arn)
    task = world.end_of(arn)
    assert world.events(arn)[-1] == "ignored", "it had its SIGTERM before it was killed"
    assert (task["stopCode"], main_of(task)["exitCode"]) == ("UserInitiated", 137)
    assert not exists(pid)


def test_stop_task_reaches_child_processes(world: World) -> None:
    arn = world.begin("sleep 60 & echo up $!; wait")
    child = pid_of(world, arn)
    world.ecs.stop_task(task=arn)
    assert main_of(world.end_of(arn))["exitCode"] == 143
    is_gone(child)


def test_stopping_an_ended_task_changes_nothing(world: World) -> None:
    task = world.run("exit 3")
    again = world.ecs.stop_task(task=task["taskArn"], reason="too late")["task"]
    assert again == world.task(task["taskArn"]) == task


def test_a_container_killed_from_outside_ends_its_task(world: World) -> None:
    arn = world.begin(WAITS)
    os.kill(pid_of(world, arn), signal.SIGKILL)
    task = world.end_of(arn)
    assert (task["stopCode"], main_of(task)["exitCode"]) == ("EssentialContainerExited", 137)


def test_the_end_of_an_essential_container_ends_the_others(world: World, tmp_path: Path) -> None:
    started = tmp_path / "started"
    side = {"name": "side", "image": "shell", "command": [f"touch '{started}'; {WAITS}"]}
    world.endpoint.register(definition("pair", side, command=[f"until [ -e '{started}' ]; do sleep 0.02; done; exit 7"]))
    task = world.run(family="pair")
    codes = {container["name"]: container["exitCode"] for container in task["containers"]}
    assert codes == {"main": 7, "side": 143}
    assert task["stopCode"] == "EssentialContainerExited"


def test_the_end_of_a_nonessential_container_does_not_end_the_others(world: World) -> None:
    side = {"name": "side", "image": "shell", "essential": False, "command": ["exit 9"]}
    world.endpoint.register(definition("pair", side, command=[WAITS]))
    arn = world.begin(family="pair")
    pid_of(world, arn)
    wait_until(lambda: [c.get("exitCode") for c in world.task(arn)["containers"]] == [None, 9], "side did not end", "")
    assert world.task(arn)["desiredStatus"] == "RUNNING"
    world.ecs.stop_task(task=arn)
    assert {c["name"]: c["exitCode"] for c in world.end_of(arn)["containers"]} == {"main": 143, "side": 9}


def test_the_end_of_the_endpoint_ends_every_task(world: World) -> None:
    pids = [pid_of(world, world.begin(script)) for script in (WAITS, WAITS, STUBBORN)]
    world.endpoint.stop(grace=0.5)
    assert not any(exists(pid) for pid in pids)
    ended = [event.task for event in world.watched.events if isinstance(event, Ended)]
    assert sorted(task.exit_code or 0 for task in ended) == [137, 143, 143]
    assert {task.reason for task in ended} == {"The local ECS endpoint was stopped"}


def test_a_shorter_grace_applies_to_a_stop_that_has_begun(world: World) -> None:
    arn = world.begin(STUBBORN)
    pid = pid_of(world, arn)
    world.ecs.stop_task(task=arn)
    world.endpoint.stop(grace=0)
    assert not exists(pid)


def test_a_stopped_endpoint_accepts_no_requests(world: World) -> None:
    world.ecs.list_tasks()
    world.endpoint.stop()
    with pytest.raises(EndpointConnectionError):
        world.ecs.list_tasks()
    world.endpoint.stop()


def test_a_stopping_endpoint_serves_requests_but_starts_no_task(world: World) -> None:
    arn = world.begin(STUBBORN)
    pid = pid_of(world, arn)
    ending = threading.Thread(target=world.endpoint.stop, kwargs={"grace": 300})
    ending.start()
    try:
        wait_until(lambda: world.task(arn)["desiredStatus"] == "STOPPED", "The end did not begin", "")
        with pytest.raises(world.ecs.exceptions.ServerException, match="starts no more tasks"):
            world.begin("true")
    finally:
        os.kill(pid, signal.SIGKILL)  # the grace need not run out
        ending.join()


def test_a_second_request_to_stop_gives_no_grace_but_waits_for_the_containers(new_world: NewWorld) -> None:
    class AsksAgain(ProcessRunner):
        """The second request comes right after the first has reached a container, whose kill takes a while, as in Docker."""

        def start(self, spec: ContainerSpec) -> Container:
            container = super().start(spec)
            terminate, kill = container.terminate, container.kill
            container.terminate = lambda: (terminate(), os.kill(os.getpid(), signal.SIGALRM))
            container.kill = lambda: (time.sleep(0.3), kill())
            return container

    world = new_world(AsksAgain(IMAGES))
    pid = pid_of(world, world.begin(STUBBORN))
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            world.endpoint.stop(grace=60)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert not exists(pid)


def test_a_port_in_use_is_named(world: World, tmp_path: Path) -> None:
    port = int(world.url.rsplit(":", 1)[1])
    for wrong in (port, 70_000):
        endpoint = Endpoint(ProcessRunner(IMAGES), Secrets({}), tmp_path / "other")
        with pytest.raises(Failure, match=f"cannot listen on 127.0.0.1, port {wrong}"):
            endpoint.start(port=wrong)
