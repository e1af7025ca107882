"""What a container is to the life of a task, whether it is a process or Docker's."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from paceline_local.ecs.container_definitions import Box


@dataclass(frozen=True)
class Launch:
    """A container as it shall run, with overrides and secrets laid in. An empty `entry_point` is the image's own."""

    name: str
    image: str
    entry_point: tuple[str, ...]
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(repr=False)  # holds secrets
    box: Box = field(default_factory=Box)


class CannotStart(Exception):  # noqa: N818 it is how a task ends, no defect
    """A container that could not be started; its text is what ECS shows as the reason: a code, then what happened."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(f"{code}: {why}")


class Container(Protocol):
    """One that was started. One thread reads its output, then waits and removes; any thread may end it."""

    def output(self) -> Iterator[bytes]:
        """Standard output and standard error as they come, until it ends."""

    def wait(self) -> int:
        """Its exit code, when it has ended; 128 + n after signal n."""

    def terminate(self) -> None:
        """SIGTERM; one that has ended meanwhile is as good."""

    def kill(self) -> None:
        """SIGKILL, to all that runs in it."""

    def remove(self) -> None:
        """Leaves nothing of it behind, nor lets it run on."""


class Runner(Protocol):
    """Starts containers, for as long as its endpoint lives."""

    def start(self, launch: Launch) -> Container:
        """Raises CannotStart, and has then left nothing behind."""

    def close(self) -> None:
        """Called when all that it started has ended."""
