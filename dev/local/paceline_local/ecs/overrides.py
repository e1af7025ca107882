"""What one RunTask overrides in its task definition: commands and environments, by container."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from paceline_local.ecs.api_errors import invalid_parameter
from paceline_local.ecs.definitions import TaskDefinition
from paceline_local.ecs.request_fields import RequestFields

_MAX_OVERRIDES_LENGTH = 8192


@dataclass(frozen=True)
class Override:
    """For one container; an empty command keeps the definition's."""

    command: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)


def read_overrides(fields: RequestFields, definition: TaskDefinition) -> dict[str, Override]:
    """By the name of the container."""
    # ECS counts the JSON text, but not the whitespace that a client puts between the tokens.
    if len(json.dumps(fields.raw, ensure_ascii=False, separators=(",", ":"))) > _MAX_OVERRIDES_LENGTH:
        raise invalid_parameter(f"Container Overrides length must be at most {_MAX_OVERRIDES_LENGTH}")
    known = {container.name for container in definition.containers}
    overrides = {}
    for container in fields.objects("containerOverrides"):
        name = container.text("name")
        if name not in known:
            raise invalid_parameter(f"Override for container named {name} is not a container in the TaskDefinition.")
        if container.raw.get("environmentFiles"):
            raise invalid_parameter(f"The local ECS endpoint does not support environmentFiles, which container {name} uses.")
        environment = dict(container.pairs("environment", "name", "value"))
        overrides[name] = Override(tuple(container.texts("command")), environment)
    return overrides
