"""What one RunTask changes of its task definition: commands and environments, by container."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from paceline_local.ecs.definitions import TaskDefinition
from paceline_local.ecs.members import Members
from paceline_local.ecs.refusals import refuse_parameter

_LONGEST = 8192


@dataclass(frozen=True)
class Override:
    """Of one container; an empty command leaves the definition's."""

    command: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)


def read_overrides(asked: Members, definition: TaskDefinition) -> dict[str, Override]:
    """By the name of the container."""
    # ECS counts the structure with its JSON formatting, but not what a client puts between the tokens.
    if len(json.dumps(asked.raw, ensure_ascii=False, separators=(",", ":"))) > _LONGEST:
        raise refuse_parameter(f"Container Overrides length must be at most {_LONGEST}")
    known = {container.name for container in definition.containers}
    overrides = {}
    for container in asked.objects("containerOverrides"):
        name = container.text("name")
        if name not in known:
            raise refuse_parameter(f"Override for container named {name} is not a container in the TaskDefinition.")
        if container.raw.get("environmentFiles"):
            raise refuse_parameter(f"The local ECS endpoint does not serve environmentFiles, which container {name} asks for.")
        environment = dict(container.pairs("environment", "name", "value"))
        overrides[name] = Override(tuple(container.texts("command")), environment)
    return overrides
