"""A task that cannot start is shown as ended, with the reason, and none of its containers has an exit code."""

from pathlib import Path

import pytest
from paceline_local.ecs import ProcessImage, ProcessRunner
from paceline_local.ecs.containers import Container, ContainerSpec
from paceline_local.processes import exists

from .conftest import SECRET, NewWorld
from .scripts import WAITS, pid_of
from .world import World, definition, main_of

NOWHERE = Path("/no/such/folder")


@pytest.mark.parametrize(
    ("container", "reason"),
    [
        (
            {"image": "paceline/extrct:1"},
            "CannotPullContainerError: no command replaces the image paceline/extrct:1; known are bare, shell",
        ),
        (
            {"image": "bare", "command": ["/no/such/program"]},
            "CannotStartContainerError: /no/such/program of the image bare: [Errno 2]",
        ),
        ({"image": "bare"}, "CannotStartContainerError: neither the image bare nor the task names a command"),
        ({"image": "bare", "command": ["true", "a\0b"]}, "CannotStartContainerError: true of the image bare: embedded null byte"),
        (
            {"secrets": [{"name": "A", "valueFrom": "/paceline/token"}, {"name": "B", "valueFrom": "/paceline/gone"}]},
            "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to"
            " retrieve secrets from ssm: invalid parameters: /paceline/gone; they are not in",
        ),
    ],
)
def test_the_stopped_reason_says_why_it_could_not_start(world: World, container: dict, reason: str) -> None:
    world.endpoint.register(definition("broken", **container))
    task = world.run(family="broken")
    assert (task["lastStatus"], task["stopCode"]) == ("STOPPED", "TaskFailedToStart")
    assert task["stoppedReason"].startswith(reason)
    assert SECRET not in task["stoppedReason"]
    assert "exitCode" not in main_of(task)
    assert "startedAt" not in task
    with pytest.raises(world.cloudwatch.exceptions.ResourceNotFoundException):
        world.events(task["taskArn"])


def test_a_missing_working_directory_is_named(new_world: NewWorld) -> None:
    world = new_world(ProcessRunner({"shell": ProcessImage(["sh", "-c"], cwd=NOWHERE)}))
    assert str(NOWHERE) in world.run("true")["stoppedReason"]


def test_a_container_whose_log_cannot_be_written_does_not_run(new_world: NewWorld, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    world = new_world(logs=tmp_path / "file")
    task = world.run("exec sleep 60")
    assert (task["stopCode"], "its log cannot be kept" in task["stoppedReason"]) == ("TaskFailedToStart", True)


def test_containers_started_before_the_failure_are_stopped(world: World) -> None:
    broken = {"name": "second", "image": "bare", "command": ["/no/such/program"]}
    world.endpoint.register(definition("half", broken, command=["exec sleep 60"]))
    task = world.run(family="half")
    codes = {container["name"]: container.get("exitCode") for container in task["containers"]}
    assert codes == {"main": 143, "second": None}
    assert task["stopCode"] == "TaskFailedToStart"
    reasons = [container["reason"] for container in task["containers"] if "reason" in container]
    assert reasons == [task["stoppedReason"]]


def test_no_container_starts_after_its_task_was_stopped(new_world: NewWorld) -> None:
    world: World

    class StopsFirst(ProcessRunner):
        """The task is stopped while the first of its containers starts."""

        def start(self, spec: ContainerSpec) -> Container:
            world.ecs.stop_task(task=spec.name.rsplit("-", 1)[-1], reason="changed my mind")
            return super().start(spec)

    world = new_world(StopsFirst({"shell": ProcessImage(["sh", "-c"])}))
    second = {"name": "second", "image": "shell", "command": ["echo never"]}
    world.endpoint.register(definition("two", second, command=[WAITS]))
    task = world.run(family="two")
    codes = {container["name"]: container.get("exitCode") for container in task["containers"]}
    assert codes == {"main": 143, "second": None}
    assert (task["stopCode"], task["stoppedReason"]) == ("UserInitiated", "changed my mind")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_bug_in_a_runner_ends_the_task_and_its_started_containers(new_world: NewWorld) -> None:
    class FailsSecond(ProcessRunner):
        """Raises an exception that no runner should."""

        def start(self, spec: ContainerSpec) -> Container:
            if spec.name.startswith("second"):
                pids.append(pid_of(world, spec.name.rsplit("-", 1)[-1]))
                raise LookupError
            return super().start(spec)

    pids: list[int] = []
    world = new_world(FailsSecond({"shell": ProcessImage(["sh", "-c"])}))
    world.endpoint.register(definition("two", {"name": "second", "image": "shell"}, command=[WAITS]))
    arn = world.begin(family="two")
    task = world.end_of(arn)
    assert (task["stopCode"], task["stoppedReason"][:15]) == ("TaskFailedToStart", "ServerException")
    assert len(pids) == 1
    assert not exists(pids[0])
