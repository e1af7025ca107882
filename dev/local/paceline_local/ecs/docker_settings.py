"""Settings of a container that only Docker can apply: its init process, a read-only root, and what is mounted there."""

from collections.abc import Mapping
from dataclasses import dataclass

from paceline_local.ecs.api_errors import invalid_definition
from paceline_local.ecs.request_fields import RequestFields

_SHARED = "shared"


@dataclass(frozen=True)
class Volumes:
    """The volumes of a task definition: by name, whether it is a Docker volume of that name, which outlives the task."""

    shared: Mapping[str, bool]

    @staticmethod
    def parse(fields: RequestFields) -> "Volumes":
        """Others are an empty folder of this task, as on Fargate for a volume without a host or file system."""
        scopes = {}
        for volume in fields.objects("volumes"):
            name = volume.text("name")
            if not name:
                raise invalid_definition("Volume name should not be null or empty.")
            scopes[name] = volume.object("dockerVolumeConfiguration").text("scope") == _SHARED
        return Volumes(scopes)


@dataclass(frozen=True)
class SharedMount:
    """A Docker volume that tasks and other containers share."""

    volume: str
    path: str
    read_only: bool


@dataclass(frozen=True)
class Tmpfs:
    """A folder in memory; its size is in MiB."""

    path: str
    size: int


@dataclass(frozen=True)
class DockerSettings:
    """`writable` are paths of folders that are empty at the start and deleted with the container."""

    init: bool = False
    read_only: bool = False
    writable: tuple[str, ...] = ()
    shared: tuple[SharedMount, ...] = ()
    tmpfs: tuple[Tmpfs, ...] = ()

    @staticmethod
    def parse(fields: RequestFields, volumes: Volumes) -> "DockerSettings":
        writable, shared = _mounts(fields, volumes)
        linux = fields.object("linuxParameters")
        return DockerSettings(
            init=linux.boolean("initProcessEnabled", default=False),
            read_only=fields.boolean("readonlyRootFilesystem", default=False),
            writable=writable,
            shared=shared,
            tmpfs=tuple(_tmpfs(entry) for entry in linux.objects("tmpfs")),
        )


def _mounts(fields: RequestFields, volumes: Volumes) -> tuple[tuple[str, ...], tuple[SharedMount, ...]]:
    writable, shared = [], []
    for mount in fields.objects("mountPoints"):
        name, path = mount.text("sourceVolume"), mount.text("containerPath")
        if name not in volumes.shared:
            raise invalid_definition(f"Unknown volume '{name}'.")
        if not path:
            raise invalid_definition(f"The mount point of volume '{name}' has no containerPath.")
        if volumes.shared[name]:
            shared.append(SharedMount(name, path, mount.boolean("readOnly", default=False)))
        else:
            writable.append(path)
    return tuple(writable), tuple(shared)


def _tmpfs(fields: RequestFields) -> Tmpfs:
    path, size = fields.text("containerPath"), fields.integer("size")
    if not path or not size or size < 0:
        raise invalid_definition("A tmpfs needs a containerPath and a size in MiB.")
    return Tmpfs(path, size)
