"""Containers as Docker's, from images of this machine: a missing one is to be built, so none is ever pulled.

Import this only where Docker is to be used: its SDK is in `.venv/dev` alone.
"""

from collections.abc import Iterator

import docker
from docker.errors import APIError, DockerException, ImageNotFound, NotFound
from docker.models.containers import Container as ApiContainer
from docker.types import CancellableStream, LogConfig
from requests.exceptions import RequestException

from paceline_local.ecs.containers import CannotStart, Container, Launch
from paceline_local.ecs.lines import LONGEST_EVENT
from paceline_local.failure import UNAVAILABLE, Failure

# By these a person finds what an endpoint that was killed has left: docker ps --all --filter label=dev.paceline.ecs
_LABELS = {"dev.paceline.ecs": "container"}
_GONE, _NOT_RUNNING = 404, 409


class DockerRunner:
    """Talks to the daemon that DOCKER_HOST names, or to this machine's; puts containers on `network` where one is named."""

    def __init__(self, network: str | None = None) -> None:
        self._network = network
        try:
            self._client = docker.from_env()
            self._client.ping()
            if network:
                self._client.networks.get(network)
        except NotFound as why:
            raise Failure(f"Docker has no network '{network}': {_said(why)}.", "docker network create makes one.") from None
        except (DockerException, RequestException) as why:
            remedy = "Start Docker, or run the containers as processes."
            raise Failure(f"Docker's daemon does not answer: {why}.", remedy, UNAVAILABLE) from None

    def start(self, launch: Launch) -> Container:
        container = _DockerContainer(self._create(launch))
        try:
            container.begin()
        except (DockerException, RequestException) as why:
            container.remove()
            raise CannotStart("CannotStartContainerError", _said(why)) from why
        return container

    def close(self) -> None:
        self._client.close()

    def _create(self, launch: Launch) -> ApiContainer:
        try:
            return self._client.containers.create(
                launch.image,
                list(launch.command) or None,
                entrypoint=list(launch.entry_point) or None,
                environment=dict(launch.environment),
                name=launch.name,
                labels=_LABELS,
                network=self._network,
                init=launch.box.init or None,
                read_only=launch.box.read_only,
                volumes=list(launch.box.writable),
                log_config=LogConfig(type=LogConfig.types.NONE),
            )
        except ImageNotFound as why:
            raise CannotStart("CannotPullContainerError", f"{_said(why)}; build {launch.image} first") from why
        except (DockerException, RequestException) as why:
            raise CannotStart("CannotCreateContainerError", _said(why)) from why


class _DockerContainer:
    def __init__(self, container: ApiContainer) -> None:
        self._container = container
        self._output: CancellableStream | None = None

    def begin(self) -> None:
        """Attaches first, so that its first word is read; no log driver keeps a copy."""
        self._output = self._container.attach(stream=True, demux=True)
        self._container.start()

    def output(self) -> Iterator[bytes]:
        """Both outputs line by line, for Docker may cut one anywhere to put in the other; a line that is too long is not kept."""
        rest = [b"", b""]
        for both in self._output or ():
            for i, chunk in enumerate(both):
                lines, newline, rest[i] = (rest[i] + (chunk or b"")).rpartition(b"\n")
                yield lines + newline
                if len(rest[i]) > LONGEST_EVENT:
                    yield rest[i]
                    rest[i] = b""
        yield from rest

    def wait(self) -> int:
        return int(self._container.wait()["StatusCode"])

    def terminate(self) -> None:
        self._signal("SIGTERM")

    def kill(self) -> None:
        self._signal("SIGKILL")

    def remove(self) -> None:
        if self._output:
            self._output._response.close()  # the SDK's own close leaves the connection to the garbage collector
        try:
            self._container.remove(force=True, v=True)
        except APIError as why:
            if why.status_code != _GONE:
                raise

    def _signal(self, name: str) -> None:
        try:
            self._container.kill(signal=name)
        except APIError as why:
            if why.status_code not in (_GONE, _NOT_RUNNING):
                raise


def _said(why: Exception) -> str:
    """Docker's own words, without the address that was asked."""
    return str(getattr(why, "explanation", None) or why)
