"""The same containers as Docker's: one small image, made of this machine's shell, against the daemon that answers here."""

import io
import os
import platform
import re
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docker
import pytest
from docker.errors import NotFound
from paceline_local.ecs.docker_runner import DockerRunner
from paceline_local.failure import Failure
from paceline_local.waiting import wait_until

from .conftest import SECRET, NewWorld
from .scripts import no_thread_is_left, texts
from .world import World, definition, main_of

# Of this run alone: another may go on beside it.
IMAGE = f"paceline-test/shell-{os.getpid()}"
NETWORK = f"paceline-test-{os.getpid()}"
PROGRAMS = ("sh", "sleep", "cat", "env", "seq")


@pytest.fixture(scope="module")
def daemon() -> Iterator[Any]:
    if platform.system() != "Linux":
        pytest.skip("the image is made of this machine's programs, which Docker runs on Linux alone")
    # By a process of its own: in vain, the SDK leaves a socket open.
    ping = [sys.executable, "-c", "import docker; docker.from_env().ping()"]
    asked = subprocess.run(ping, capture_output=True, text=True, check=False)
    if asked.returncode:
        pytest.skip(f"no Docker daemon answers: {asked.stderr.splitlines()[-1]}")
    client = docker.from_env()
    client.api.import_image_from_data(_image(), repository=IMAGE, tag="latest")
    yield client
    client.images.remove(IMAGE)
    client.close()


@pytest.fixture
def world(daemon: Any, new_world: NewWorld) -> World:
    """Its family `shell` runs Docker's shell; without a stop timeout, for a first process that takes SIGTERM is rare."""
    world = new_world(DockerRunner())
    world.endpoint.register(definition(image=IMAGE, entryPoint=["sh", "-c"], stopTimeout=0))
    return world


def _image() -> bytes:
    """`docker import`'s archive of a few programs and the libraries that they name."""
    files: dict[str, Path] = {}
    for name in PROGRAMS:
        program = Path("/bin") / name
        files[f"bin/{name}"] = program
        linked = subprocess.run(["ldd", str(program)], capture_output=True, text=True, check=True).stdout
        files |= {library.lstrip("/"): Path(library) for library in re.findall(r"(/\S+) \(0x", linked)}
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w", dereference=True) as tar:
        for name, file in files.items():
            tar.add(file.resolve(), name)
    return archive.getvalue()


def left(daemon: Any) -> list[Any]:
    return daemon.containers.list(all=True, filters={"ancestor": IMAGE})


@pytest.mark.parametrize(("script", "code"), [("exit 75", 75), ("sh -c 'kill -9 $$'", 137)])
def test_a_container_ends_with_its_own_exit_code_and_is_removed(world: World, daemon: Any, script: str, code: int) -> None:
    task = world.run(script)
    assert (main_of(task)["exitCode"], task["stopCode"]) == (code, "EssentialContainerExited")
    assert left(daemon) == []


def test_both_outputs_are_read_from_the_first_word_to_the_last_and_cut_no_line_of_the_other(world: World) -> None:
    arn = world.run("echo one; seq -f 'err %.0f' 2000 >&2 & seq 20000; wait; printf last")["taskArn"]
    lines = texts(world, arn)[0].split("\n")
    errors = [line for line in lines if line.startswith("err")]
    assert errors == [f"err {n}" for n in range(1, 2001)]
    assert [line for line in lines if line not in set(errors)] == ["one", *(str(n) for n in range(1, 20_001)), "last"]


def test_a_line_without_end_is_not_kept(world: World) -> None:
    arn = world.run("seq -s x 100000; printf last")["taskArn"]
    events = world.events(arn)
    assert "".join(events) == "x".join(str(n) for n in range(1, 100_001)) + "last"
    assert len(events) == 4


def test_it_sees_its_environment_and_its_secrets_which_no_command_line_shows(world: World, daemon: Any) -> None:
    secret, variable = {"name": "TOKEN", "valueFrom": "/paceline/token"}, {"name": "LAKE", "value": "s3://lake"}
    script = "echo $LAKE $TOKEN up; exec sleep 60"
    asked = definition(image=IMAGE, entryPoint=["sh", "-c"], command=[script], environment=[variable], secrets=[secret])
    world.endpoint.register(asked)
    arn = world.begin()
    world.wait_for(f"s3://lake {SECRET} up", arn)
    shown = subprocess.run(["ps", "-ww", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert SECRET not in shown
    assert len(left(daemon)) == 1
    world.endpoint.stop(grace=0)
    assert left(daemon) == []


@pytest.mark.parametrize(("init", "code"), [(True, 143), (False, 137)])
def test_sigterm_ends_what_an_init_process_leads_and_sigkill_the_rest(world: World, init: bool, code: int) -> None:
    """As on ECS: the kernel keeps SIGTERM from a first process that does not ask for it."""
    world.endpoint.register(
        definition(image=IMAGE, entryPoint=["sleep", "60"], stopTimeout=1, linuxParameters={"initProcessEnabled": init})
    )
    arn = world.begin()
    wait_until(lambda: world.task(arn)["lastStatus"] == "RUNNING", "It did not start", "")
    world.ecs.stop_task(task=arn)
    task = world.end_of(arn)
    assert (task["stopCode"], main_of(task)["exitCode"]) == ("UserInitiated", code)


def test_a_root_that_cannot_be_written_has_its_mount_points(world: World) -> None:
    script = "echo x > /root-file; echo y > /scratch/file && cat /scratch/file"
    box = {"readonlyRootFilesystem": True, "mountPoints": [{"sourceVolume": "scratch", "containerPath": "/scratch"}]}
    asked = definition(image=IMAGE, entryPoint=["sh", "-c"], command=[script], **box)
    world.endpoint.register({**asked, "volumes": [{"name": "scratch"}]})
    said = world.events(world.run()["taskArn"])
    assert "y" in said
    assert any("Read-only file system" in line for line in said)


def test_what_a_container_leaves_behind_ends_with_it(world: World, daemon: Any) -> None:
    assert main_of(world.run("sleep 60 & sleep 60 & exit 3"))["exitCode"] == 3
    assert left(daemon) == []


@pytest.mark.parametrize(
    ("container", "reason"),
    [
        (
            {"image": "paceline-test/gone:1"},
            r"CannotPullContainerError: No such image: paceline-test/gone:1; build paceline-test/gone:1 first",
        ),
        ({"entryPoint": ["/no/such/program"]}, r"CannotStartContainerError: .*/no/such/program"),
        ({"entryPoint": None}, r"CannotCreateContainerError: No command specified"),
    ],
)
def test_why_it_could_not_start_is_its_reason(world: World, daemon: Any, container: dict[str, Any], reason: str) -> None:
    world.endpoint.register(definition(**{"image": IMAGE, **container}))
    task = world.run()
    assert task["stopCode"] == "TaskFailedToStart"
    assert re.match(reason, task["stoppedReason"])
    assert "exitCode" not in main_of(task)
    assert left(daemon) == []


def test_a_container_that_somebody_removes_is_lost_and_says_so(world: World, daemon: Any) -> None:
    arn = world.begin("echo up; sleep 60")
    world.wait_for("up", arn)
    left(daemon)[0].remove(force=True)
    task = world.end_of(arn)
    assert task["stopCode"] == "EssentialContainerExited"
    container = main_of(task)
    assert container.get("exitCode") == 137 or container["reason"].startswith("CannotInspectContainerError")


def test_many_at_once_end_each_with_its_own_code(world: World, daemon: Any) -> None:
    arns = [world.begin(f"exit {code}") for code in range(4)]
    assert [main_of(world.end_of(arn))["exitCode"] for arn in arns] == list(range(4))
    assert left(daemon) == []


def test_containers_are_on_the_network_that_is_named(daemon: Any, new_world: NewWorld) -> None:
    network = daemon.networks.create(NETWORK, driver="bridge")
    try:
        world = new_world(DockerRunner(NETWORK))
        world.endpoint.register(definition(image=IMAGE, entryPoint=["sh", "-c"], stopTimeout=0))
        world.wait_for("up", world.begin("echo up; sleep 60"))
        assert list(left(daemon)[0].attrs["NetworkSettings"]["Networks"]) == [NETWORK]
        world.endpoint.stop(grace=0)
    finally:
        network.remove()
    with pytest.raises(NotFound):
        daemon.networks.get(NETWORK)
    with pytest.raises(Failure, match=f"Docker has no network '{NETWORK}': .*docker network create makes one"):
        DockerRunner(NETWORK)


def test_the_end_of_the_endpoint_leaves_no_container(world: World, daemon: Any) -> None:
    arns = [world.begin("trap '' TERM; echo up; while :; do sleep 0.1; done") for _ in range(3)]
    for arn in arns:
        world.wait_for("up", arn)
    world.endpoint.stop(grace=0.2)
    assert left(daemon) == []
    no_thread_is_left()
