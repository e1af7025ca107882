"""The task definitions of a folder, with this machine's environment variables merged in."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from paceline_local.ecs.json_files import read_object
from paceline_local.failure import Failure


def read_definitions(folder: Path, environment: Mapping[str, Mapping[str, str]]) -> list[dict[str, Any]]:
    """Each `*.json` in `folder`, ordered by name. `environment` has variables by family, for all containers of that family."""
    definitions: dict[str, dict[str, Any]] = {}
    for file in sorted(folder.glob("*.json")):
        definition = _read(file)
        family = definition["family"]
        if family in definitions:
            raise Failure(f"{file} defines the family '{family}', and so does another file.", "Give each file its own family.")
        definitions[family] = _with_environment(definition, environment.get(family, {}))
    if not definitions:
        raise Failure(f"{folder} has no task definitions.", "Name a folder with *.json files in it.")
    unknown = sorted(environment.keys() - definitions.keys())
    if unknown:
        known = f"{folder} defines {', '.join(definitions)}."
        raise Failure(f"There is an environment for '{', '.join(unknown)}', but no file defines that family.", known)
    return list(definitions.values())


def _read(file: Path) -> dict[str, Any]:
    definition = read_object(file, "The task definition")
    containers = definition.get("containerDefinitions")
    listed = isinstance(containers, list) and all(isinstance(container, dict) for container in containers)
    if not isinstance(definition.get("family"), str) or not listed:
        remedy = "It needs a family, and containerDefinitions as a list of objects, as in RegisterTaskDefinition."
        raise Failure(f"{file} is not a task definition.", remedy)
    return definition


def _with_environment(definition: dict[str, Any], variables: Mapping[str, str]) -> dict[str, Any]:
    containers = definition["containerDefinitions"]
    merged = [{**container, "environment": _merged(container, variables)} for container in containers]
    return {**definition, "containerDefinitions": merged}


def _merged(container: Mapping[str, Any], variables: Mapping[str, str]) -> list[dict[str, str]]:
    kept = [variable for variable in container.get("environment") or [] if variable.get("name") not in variables]
    return [*kept, *({"name": name, "value": value} for name, value in variables.items())]
