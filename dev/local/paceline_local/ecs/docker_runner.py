"""Docker containers, from local images: nothing is ever pulled, a missing image has to be built.

Import this only to use Docker: only `.venv/dev` has its SDK.
"""

from collections.abc import Iterator
from pathlib import Path

import docker
from docker.errors import APIError, DockerException, ImageNotFound, NotFound
from docker.models.containers import Container as ApiContainer
from docker.types import CancellableStream, LogConfig
from requests.exceptions import RequestException

from paceline_local.ecs.containers import CannotStart, Container, ContainerSpec
from paceline_local.ecs.docker_settings import DockerSettings
from paceline_local.ecs.line_splitter import MAX_EVENT_BYTES
from paceline_local.failure import UNAVAILABLE, Failure

# The log folder of the endpoint. What killed endpoints left: docker ps --all --filter label=dev.paceline.ecs
_LABEL = "dev.paceline.ecs"
_GRACE = 10
_REMOVAL_TIMEOUT_S = 30
_GONE, _NOT_RUNNING, _BEING_REMOVED = 404, 409, 409


class DockerRunner:
    """Talks to the daemon in DOCKER_HOST, or to the local one; attaches containers to `network` if given."""

    def __init__(self, network: str | None = None) -> None:
        self._network = network
        try:
            self._client = docker.from_env()
            self._client.ping()
            if network:
                self._client.networks.get(network)
        except NotFound as error:
            raise Failure(f"Docker has no network '{network}': {_message(error)}.", "Run `docker network create`.") from None
        except (DockerException, RequestException) as error:
            remedy = "Start Docker, or run the containers as processes."
            raise Failure(f"The Docker daemon does not respond: {error}.", remedy, UNAVAILABLE) from None

    def start(self, spec: ContainerSpec) -> Container:
        container = _DockerContainer(self._create(spec))
        try:
            container.begin()
        except (DockerException, RequestException) as error:
            container.remove()
            raise CannotStart("CannotStartContainerError", _message(error)) from error
        return container

    def end_left_behind(self, owner: Path) -> bool:
        found = self._client.containers.list(all=True, filters={"label": f"{_LABEL}={owner.resolve()}"})
        for container in found:
            if container.status == "running":
                container.stop(timeout=_GRACE)
            _DockerContainer(container).remove()
        return bool(found)

    def close(self) -> None:
        self._client.close()

    def _create(self, spec: ContainerSpec) -> ApiContainer:
        try:
            return self._client.containers.create(
                spec.image,
                list(spec.command) or None,
                entrypoint=list(spec.entry_point) or None,
                environment=dict(spec.environment),
                name=spec.name,
                labels={_LABEL: str(spec.owner.resolve())},
                network=self._network,
                init=spec.docker_settings.init or None,
                read_only=spec.docker_settings.read_only,
                volumes=_volumes(spec.docker_settings),
                tmpfs={tmpfs.path: f"size={tmpfs.size}m" for tmpfs in spec.docker_settings.tmpfs},
                log_config=LogConfig(type=LogConfig.types.NONE),
            )
        except ImageNotFound as error:
            raise CannotStart("CannotPullContainerError", f"{_message(error)}; build {spec.image} first") from error
        except (DockerException, RequestException) as error:
            raise CannotStart("CannotCreateContainerError", _message(error)) from error


def _volumes(settings: DockerSettings) -> list[str]:
    """A path alone is a new volume without a name, which is removed with the container."""
    shared = [f"{mount.volume}:{mount.path}:{'ro' if mount.read_only else 'rw'}" for mount in settings.shared]
    return [*settings.writable, *shared]


class _DockerContainer:
    def __init__(self, container: ApiContainer) -> None:
        self._container = container
        self._output: CancellableStream | None = None

    def begin(self) -> None:
        """Attaches before the start, because no log driver keeps what is printed before that."""
        self._output = self._container.attach(stream=True, demux=True)
        self._container.start()

    def output(self) -> Iterator[bytes]:
        """Both outputs in whole lines, because Docker may interleave them anywhere. An overlong line is passed on in pieces."""
        rest = [b"", b""]
        for both in self._output or ():
            for i, chunk in enumerate(both):
                lines, newline, rest[i] = (rest[i] + (chunk or b"")).rpartition(b"\n")
                yield lines + newline
                if len(rest[i]) > MAX_EVENT_BYTES:
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
        except APIError as error:
            if error.status_code == _GONE:
                return
            if error.status_code != _BEING_REMOVED or not self._is_removed_in_time():
                raise

    def _is_removed_in_time(self) -> bool:
        """By somebody else, such as the endpoint that started it. A conflict may have another reason, which does not pass."""
        try:
            self._container.wait(condition="removed", timeout=_REMOVAL_TIMEOUT_S)
        except NotFound:
            return True
        except RequestException:
            return False
        return True

    def _signal(self, name: str) -> None:
        try:
            self._container.kill(signal=name)
        except APIError as error:
            if error.status_code not in (_GONE, _NOT_RUNNING):
                raise


def _message(error: Exception) -> str:
    """Docker's own message, without the address of the request."""
    return str(getattr(error, "explanation", None) or error)
