"""What a task run needs of a container, be it a process or a Docker container."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from paceline_local.ecs.docker_settings import DockerSettings


@dataclass(frozen=True)
class ContainerSpec:
    """What to run: a container definition with overrides and secrets applied. An empty `entry_point` means the image's own.

    `owner` is the log folder of its endpoint, by which it is found if the endpoint is killed.
    """

    name: str
    image: str
    entry_point: tuple[str, ...]
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(repr=False)  # holds secrets
    owner: Path
    docker_settings: DockerSettings = field(default_factory=DockerSettings)


class CannotStart(Exception):  # noqa: N818 one way a task ends, not a defect
    """A container that could not be started. Its text is the reason that ECS shows: a code, then what happened."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(f"{code}: {reason}")


class Container(Protocol):
    """A started container. One thread reads its output, waits for it and removes it; any thread may stop it."""

    def output(self) -> Iterator[bytes]:
        """Standard output and standard error as they arrive, until it ends."""

    def wait(self) -> int:
        """Waits for the end and returns the exit code; 128 + n after signal n."""

    def terminate(self) -> None:
        """Sends SIGTERM; does nothing if it has already ended."""

    def kill(self) -> None:
        """Sends SIGKILL to everything that runs in it."""

    def remove(self) -> None:
        """Deletes it with everything it left, and kills it if it still runs."""


class Runner(Protocol):
    """Starts containers, for as long as its endpoint lives."""

    def start(self, spec: ContainerSpec) -> Container:
        """Raises CannotStart if it fails, and then leaves nothing behind."""

    def end_left_behind(self, owner: Path) -> bool:
        """Ends all containers of this owner, whose endpoint is gone. Returns whether there were any."""

    def close(self) -> None:
        """Called once everything it started has ended."""
