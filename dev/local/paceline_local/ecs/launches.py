"""Lays a task's overrides and secrets into the definition of a container."""

from paceline_local.ecs.container_definitions import ContainerDefinition
from paceline_local.ecs.containers import CannotStart, Launch
from paceline_local.ecs.overrides import Override
from paceline_local.ecs.secrets import Secrets


def launch(definition: ContainerDefinition, override: Override, secrets: Secrets, task_id: str) -> Launch:
    """A missing secret is named, as ECS does it, before any container of the task has started."""
    values = {name: secrets.lookup(value_from) for name, value_from in definition.secrets.items()}
    missing = [definition.secrets[name] for name, value in values.items() if value is None]
    if missing:
        raise CannotStart(
            "ResourceInitializationError",
            "unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm:"
            f" invalid parameters: {', '.join(missing)}; they are not in {secrets.origin}",
        )
    found = {name: value for name, value in values.items() if value is not None}
    return Launch(
        name=f"{definition.name}-{task_id}",
        image=definition.image,
        entry_point=definition.entry_point,
        command=override.command or definition.command,
        environment={**definition.environment, **override.environment, **found},
        box=definition.box,
    )
