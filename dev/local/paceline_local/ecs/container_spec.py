"""Applies a task's overrides and secrets to the definition of a container."""

from pathlib import Path

from paceline_local.ecs.container_definitions import ContainerDefinition
from paceline_local.ecs.containers import CannotStart, ContainerSpec
from paceline_local.ecs.overrides import Override
from paceline_local.ecs.secrets import Secrets


def container_spec(
    definition: ContainerDefinition, override: Override, secrets: Secrets, task_id: str, owner: Path
) -> ContainerSpec:
    """Raises CannotStart for a missing secret, before any container of the task has started, as ECS does."""
    values = {name: secrets.lookup(value_from) for name, value_from in definition.secrets.items()}
    missing = [definition.secrets[name] for name, value in values.items() if value is None]
    if missing:
        raise CannotStart(
            "ResourceInitializationError",
            "unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm:"
            f" invalid parameters: {', '.join(missing)}; they are not in {secrets.origin}",
        )
    found = {name: value for name, value in values.items() if value is not None}
    return ContainerSpec(
        name=f"{definition.name}-{task_id}",
        image=definition.image,
        entry_point=definition.entry_point,
        command=override.command or definition.command,
        environment={**definition.environment, **override.environment, **found},
        owner=owner,
        docker_settings=definition.docker_settings,
    )
