"""Tasks as Docker containers: one small image made of this machine's shell, run by the local Docker daemon."""

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

from .conftest import SECRET, NewWorld
from .scripts import no_thread_is_left, texts
from .world import World, definition, main_of

# Unique to this run: another may run at the same time.
IMAGE = f"paceline-test/shell-{os.getpid()}"
NETWORK = f"paceline-test-{os.getpid()}"
PROGRAMS = ("sh", "sleep", "cat", "env", "seq")


@pytest.fixture(scope="module")
def daemon() -> Iterator[Any]:
    if platform.system() != "Linux":
        pytest.skip("the image is made of this machine's programs, which Docker only runs on Linux")
    # In a separate process: when the ping fails, the SDK leaves a socket open.
    ping = [sys.executable, "-c", "import docker; docker.from_env().ping()"]
    result = subprocess.run(ping, capture_output=True, text=True, check=False)
    if result.returncode:
        pytest.skip(f"no Docker daemon responds: {result.stderr.splitlines()[-1]}")
    client = docker.from_env()
    client.api.import_image_from_data(_image(), repository=IMAGE, tag="latest")
    yield client
    client.images.remove(IMAGE)
    client.close()


@pytest.fixture
def world(daemon: Any, new_world: NewWorld) -> World:
    """Its family `shell` runs the image's shell. No stop timeout: few processes handle SIGTERM as the first process."""
    world = new_world(DockerRunner())
    world.endpoint.register(definition(image=IMAGE, entryPoint=["sh", "-c"], stopTimeout=0))
    return world


def _image() -> bytes:
    """An archive for `docker import`: a few programs and the libraries they link to."""
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


def test_both_outputs_are_read_completely_and_neither_splits_a_line_of_the_other(world: World) -> None:
    arn = world.run("echo one; seq -f 'err %.0f' 2000 >&2 & seq 20000; wait; printf last")["taskArn"]
    lines = texts(world, arn)[0].split("\n")
    errors = [line for line in lines if line.startswith("err")]
    assert errors == [f"err {n}" for n in range(1, 2001)]
    assert [line for line in lines if line not in set(errors)] == ["one", *(str(n) for n in range(1, 20_001)), "last"]


def test_an_overlong_line_is_split(world: World) -> None:
    arn = world.run("seq -s x 100000; printf last")["taskArn"]
    events = world.events(arn)
    assert "".join(events) == "x".join(str(n) for n in range(1, 100_001)) + "last"
    assert len(events) == 4


def test_it_sees_its_environment_and_its_secrets_and_no_command_line_shows_them(world: World, daemon: Any) -> None:
    secret, variable = {"name": "TOKEN", "valueFrom": "/paceline/token"}, {"name": "LAKE", "value": "s3://lake"}
    script = "echo $LAKE $TOKEN up; exec sleep 60"
    fields = definition(image=IMAGE, entryPoint=["sh", "-c"], command=[script], environment=[variable], secrets=[secret])
    world.endpoint.register(fields)
    arn = world.begin()
    world.wait_for(f"s3://lake {SECRET} up", arn)
    shown = subprocess.run(["ps", "-ww", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert SECRET not in shown
    assert len(left(daemon)) == 1
    world.endpoint.stop(grace=0)
    assert left(daemon) == []


@pytest.mark.parametrize(("init", "code"), [(True, 143), (False, 137)])
def test_sigterm_ends_a_container_with_an_init_process_and_sigkill_one_without(world: World, init: bool, code: int) -> None:
    """As on ECS: the kernel ignores SIGTERM for a first process without a handler."""
    world.endpoint.register(
        definition(image=IMAGE, entryPoint=["sh", "-c"], stopTimeout=1, linuxParameters={"initProcessEnabled": init})
    )
    arn = world.begin("echo up; exec sleep 60")
    world.wait_for("up", arn)  # before that, it may still be Docker's own process, which has a handler
    world.ecs.stop_task(task=arn)
    task = world.end_of(arn)
    assert (task["stopCode"], main_of(task)["exitCode"]) == ("UserInitiated", code)


def test_a_read_only_root_has_writable_mount_points(world: World) -> None:
    script = "echo x > /root-file; echo y > /scratch/file && cat /scratch/file"
    hardening = {"readonlyRootFilesystem": True, "mountPoints": [{"sourceVolume": "scratch", "containerPath": "/scratch"}]}
    fields = definition(image=IMAGE, entryPoint=["sh", "-c"], command=[script], **hardening)
    world.endpoint.register({**fields, "volumes": [{"name": "scratch"}]})
    lines = world.events(world.run()["taskArn"])
    assert "y" in lines
    assert any("Read-only file system" in line for line in lines)


def test_a_shared_volume_outlives_its_task_and_a_tmpfs_does_not(world: World, daemon: Any) -> None:
    volume, other = f"paceline-test-{os.getpid()}", f"paceline-test-other-{os.getpid()}"
    mounts = [
        {"sourceVolume": volume, "containerPath": "/kept"},
        {"sourceVolume": other, "containerPath": "/fixed", "readOnly": True},
    ]
    fields = definition(
        image=IMAGE,
        entryPoint=["sh", "-c"],
        readonlyRootFilesystem=True,
        mountPoints=mounts,
        linuxParameters={"tmpfs": [{"containerPath": "/tmp", "size": 8}]},
    )
    volumes = [{"name": name, "dockerVolumeConfiguration": {"scope": "shared"}} for name in (volume, other)]
    world.endpoint.register({**fields, "volumes": volumes})
    try:
        world.run("echo x > /kept/file; echo y > /tmp/file")
        lines = world.events(world.run("exec 2>&1; cat /kept/file /tmp/file; echo z > /fixed/file")["taskArn"])
        assert [line.rpartition(": ")[2] for line in lines] == ["x", "No such file or directory", "Read-only file system"]
    finally:
        for name in (volume, other):
            daemon.volumes.get(name).remove()


def test_child_processes_of_a_container_end_with_it(world: World, daemon: Any) -> None:
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
def test_the_stopped_reason_says_why_it_did_not_start(world: World, daemon: Any, container: dict[str, Any], reason: str) -> None:
    world.endpoint.register(definition(**{"image": IMAGE, **container}))
    task = world.run()
    assert task["stopCode"] == "TaskFailedToStart"
    assert re.match(reason, task["stoppedReason"])
    assert "exitCode" not in main_of(task)
    assert left(daemon) == []


def test_a_container_removed_from_outside_ends_its_task_with_a_reason(world: World, daemon: Any) -> None:
    arn = world.begin("echo up; sleep 60")
    world.wait_for("up", arn)
    left(daemon)[0].remove(force=True)
    task = world.end_of(arn)
    assert task["stopCode"] == "EssentialContainerExited"
    container = main_of(task)
    assert container.get("exitCode") == 137 or container["reason"].startswith("CannotInspectContainerError")


def test_concurrent_tasks_each_end_with_their_own_exit_code(world: World, daemon: Any) -> None:
    arns = [world.begin(f"exit {code}") for code in range(4)]
    assert [main_of(world.end_of(arn))["exitCode"] for arn in arns] == list(range(4))
    assert left(daemon) == []


def test_containers_join_the_given_network(daemon: Any, new_world: NewWorld) -> None:
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
    with pytest.raises(Failure, match=f"Docker has no network '{NETWORK}': .*Run `docker network create`"):
        DockerRunner(NETWORK)


def test_stopping_the_endpoint_leaves_no_container(world: World, daemon: Any) -> None:
    arns = [world.begin("trap '' TERM; echo up; while :; do sleep 0.1; done") for _ in range(3)]
    for arn in arns:
        world.wait_for("up", arn)
    world.endpoint.stop(grace=0.2)
    assert left(daemon) == []
    no_thread_is_left()


def test_the_containers_of_a_killed_endpoint_are_removed_and_no_others(world: World, daemon: Any, tmp_path: Path) -> None:
    """The endpoint still runs here: what matters is that another runner finds its container by the log folder alone."""
    world.wait_for("up", world.begin("echo up; sleep 60"))
    other = DockerRunner()
    try:
        assert not other.end_left_behind(tmp_path / "another")
        assert len(left(daemon)) == 1
        assert other.end_left_behind(world.logs)
        assert left(daemon) == []
        assert not other.end_left_behind(world.logs)
    finally:
        other.close()
