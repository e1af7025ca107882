"""One container of a task definition, validated when it is registered. A run depends on nothing else in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from paceline_local.ecs.api_errors import invalid_definition
from paceline_local.ecs.docker_settings import DockerSettings, Volumes
from paceline_local.ecs.request_fields import RequestFields

_NAME = re.compile(r"[A-Za-z0-9_-]{1,255}")
_LOG_OPTIONS = ("awslogs-group", "awslogs-stream-prefix")
# Ignoring these would make a container run differently from ECS. Sizes, ports, users and roles make no difference here.
_UNSUPPORTED = ("dependsOn", "environmentFiles", "firelensConfiguration", "restartPolicy")
_STOP_TIMEOUT, _MAX_STOP_TIMEOUT = 30, 120


@dataclass(frozen=True)
class LogTarget:
    """The log group of a container, and the prefix of its stream names."""

    group: str
    prefix: str


@dataclass(frozen=True)
class ContainerDefinition:
    """An empty `entry_point` means the image's own; `secrets` maps variables to parameter names; `stop_timeout` is in seconds."""

    name: str
    image: str
    essential: bool
    entry_point: tuple[str, ...]
    command: tuple[str, ...]
    environment: Mapping[str, str]
    secrets: Mapping[str, str]
    log: LogTarget | None
    stop_timeout: int
    docker_settings: DockerSettings

    @staticmethod
    def parse(fields: RequestFields, volumes: Volumes) -> "ContainerDefinition":
        name, image = fields.text("name"), fields.text("image")
        if not name:
            raise invalid_definition("Container.name should not be null or empty.")
        if not _NAME.fullmatch(name):
            raise invalid_definition("Container.name contains invalid characters.")
        if not image:
            raise invalid_definition("Container.image should not be null or empty.")
        for field in _UNSUPPORTED:
            if fields.raw.get(field):
                raise invalid_definition(f"The local ECS endpoint does not support {field}, which container {name} uses.")
        environment = dict(_variables(fields, "environment", "value"))
        return ContainerDefinition(
            name=name,
            image=image,
            essential=fields.boolean("essential", default=True),
            entry_point=tuple(fields.texts("entryPoint")),
            command=tuple(fields.texts("command")),
            environment=environment,
            secrets=_secrets(fields, environment),
            log=_log(fields.object("logConfiguration")),
            stop_timeout=_stop_timeout(fields),
            docker_settings=DockerSettings.parse(fields, volumes),
        )


def _variables(fields: RequestFields, field: str, value: str) -> list[tuple[str, str]]:
    variables = fields.pairs(field, "name", value)
    if not all(name for name, _ in variables):
        raise invalid_definition(f"Each name in {field} should not be null or empty.")
    return variables


def _secrets(fields: RequestFields, environment: Mapping[str, str]) -> dict[str, str]:
    secrets: dict[str, str] = {}
    for name, value_from in _variables(fields, "secrets", "valueFrom"):
        if not value_from:
            raise invalid_definition(f"The valueFrom of the secret '{name}' should not be null or empty.")
        if name in environment or name in secrets:
            raise invalid_definition(
                "The secret name must be unique and not shared with any new or existing environment variables set on the"
                f" container, such as '{name}'."
            )
        secrets[name] = value_from
    return secrets


def _log(fields: RequestFields) -> LogTarget | None:
    if not fields.raw:
        return None
    driver = fields.text("logDriver")
    if driver != "awslogs":
        raise invalid_definition(f"The local ECS endpoint supports the log driver awslogs, not {driver}.")
    options = fields.object("options")
    missing = [option for option in _LOG_OPTIONS if not options.text(option)]
    if missing:
        raise invalid_definition(f"Log driver awslogs requires options: {', '.join(missing)}")
    return LogTarget(*(options.text(option) or "" for option in _LOG_OPTIONS))


def _stop_timeout(fields: RequestFields) -> int:
    seconds = fields.integer("stopTimeout")
    if seconds is None:
        return _STOP_TIMEOUT
    if not 0 <= seconds <= _MAX_STOP_TIMEOUT:
        raise invalid_definition(f"stopTimeout must be between 0 and {_MAX_STOP_TIMEOUT} seconds, not {seconds}.")
    return seconds
