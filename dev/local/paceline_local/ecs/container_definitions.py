"""One container of a task definition, checked when it is registered: what is read here is all that a run depends on."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from paceline_local.ecs.members import Members
from paceline_local.ecs.refusals import refuse_definition

_NAME = re.compile(r"[A-Za-z0-9_-]{1,255}")
_LOG_OPTIONS = ("awslogs-group", "awslogs-stream-prefix")
# A container would run otherwise than on ECS if these were passed over; sizes, ports, users and roles change nothing here.
_NOT_SERVED = ("dependsOn", "environmentFiles", "firelensConfiguration", "restartPolicy")
_STOP_TIMEOUT, _LONGEST_STOP_TIMEOUT = 30, 120


@dataclass(frozen=True)
class LogTarget:
    """The log group of a container, and what the names of its streams begin with."""

    group: str
    prefix: str


@dataclass(frozen=True)
class Box:
    """What a process cannot have: an init process, a root that cannot be written, and the folders in it that can."""

    init: bool = False
    read_only: bool = False
    writable: tuple[str, ...] = ()


@dataclass(frozen=True)
class ContainerDefinition:
    """An empty `entry_point` is the image's own; `secrets` are parameter names by variable; `stop_timeout` is in seconds."""

    name: str
    image: str
    essential: bool
    entry_point: tuple[str, ...]
    command: tuple[str, ...]
    environment: Mapping[str, str]
    secrets: Mapping[str, str]
    log: LogTarget | None
    stop_timeout: int
    box: Box

    @staticmethod
    def checked(asked: Members) -> "ContainerDefinition":
        name, image = asked.text("name"), asked.text("image")
        if not name:
            raise refuse_definition("Container.name should not be null or empty.")
        if not _NAME.fullmatch(name):
            raise refuse_definition("Container.name contains invalid characters.")
        if not image:
            raise refuse_definition("Container.image should not be null or empty.")
        for member in _NOT_SERVED:
            if asked.raw.get(member):
                raise refuse_definition(f"The local ECS endpoint does not serve {member}, which container {name} asks for.")
        environment = dict(_variables(asked, "environment", "value"))
        return ContainerDefinition(
            name=name,
            image=image,
            essential=asked.flag("essential", otherwise=True),
            entry_point=tuple(asked.texts("entryPoint")),
            command=tuple(asked.texts("command")),
            environment=environment,
            secrets=_secrets(asked, environment),
            log=_log(asked.object("logConfiguration")),
            stop_timeout=_stop_timeout(asked),
            box=_box(asked),
        )


def _variables(asked: Members, member: str, value: str) -> list[tuple[str, str]]:
    variables = asked.pairs(member, "name", value)
    if not all(name for name, _ in variables):
        raise refuse_definition(f"Each name in {member} should not be null or empty.")
    return variables


def _secrets(asked: Members, environment: Mapping[str, str]) -> dict[str, str]:
    secrets: dict[str, str] = {}
    for name, value_from in _variables(asked, "secrets", "valueFrom"):
        if not value_from:
            raise refuse_definition(f"The valueFrom of the secret '{name}' should not be null or empty.")
        if name in environment or name in secrets:
            raise refuse_definition(
                "The secret name must be unique and not shared with any new or existing environment variables set on the"
                f" container, such as '{name}'."
            )
        secrets[name] = value_from
    return secrets


def _log(asked: Members) -> LogTarget | None:
    if not asked.raw:
        return None
    driver = asked.text("logDriver")
    if driver != "awslogs":
        raise refuse_definition(f"The local ECS endpoint serves the log driver awslogs, not {driver}.")
    options = asked.object("options")
    missing = [option for option in _LOG_OPTIONS if not options.text(option)]
    if missing:
        raise refuse_definition(f"Log driver awslogs requires options: {', '.join(missing)}")
    return LogTarget(*(options.text(option) or "" for option in _LOG_OPTIONS))


def _box(asked: Members) -> Box:
    """A mount point is an empty folder of the task's own: what Fargate gives a volume without a host or a file system."""
    return Box(
        init=asked.object("linuxParameters").flag("initProcessEnabled", otherwise=False),
        read_only=asked.flag("readonlyRootFilesystem", otherwise=False),
        writable=tuple(path for mount in asked.objects("mountPoints") if (path := mount.text("containerPath"))),
    )


def _stop_timeout(asked: Members) -> int:
    seconds = asked.whole("stopTimeout")
    if seconds is None:
        return _STOP_TIMEOUT
    if not 0 <= seconds <= _LONGEST_STOP_TIMEOUT:
        raise refuse_definition(f"stopTimeout must be between 0 and {_LONGEST_STOP_TIMEOUT} seconds, not {seconds}.")
    return seconds
