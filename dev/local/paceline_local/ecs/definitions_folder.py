"""The task definitions of a folder, with the environment that this machine lays over theirs."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from paceline_local.ecs.json_files import read_object
from paceline_local.failure import Failure


def read_definitions(folder: Path, environment: Mapping[str, Mapping[str, str]]) -> list[dict[str, Any]]:
    """Each `*.json` of `folder`, in the order of their names; `environment` has variables by family, for all its containers."""
    definitions: dict[str, dict[str, Any]] = {}
    for file in sorted(folder.glob("*.json")):
        definition = _read(file)
        family = definition["family"]
        if family in definitions:
            raise Failure(f"{file} defines the family '{family}', as another file does.", "Give each file a family of its own.")
        definitions[family] = _overlaid(definition, environment.get(family, {}))
    if not definitions:
        raise Failure(f"{folder} holds no task definitions.", "Name a folder with *.json files in it.")
    unknown = sorted(environment.keys() - definitions.keys())
    if unknown:
        known = f"{folder} defines {', '.join(definitions)}."
        raise Failure(f"There is an environment for '{', '.join(unknown)}', which no file defines.", known)
    return list(definitions.values())


def _read(file: Path) -> dict[str, Any]:
    definition = read_object(file, "The task definition")
    containers = definition.get("containerDefinitions")
    listed = isinstance(containers, list) and all(isinstance(container, dict) for container in containers)
    if not isinstance(definition.get("family"), str) or not listed:
        remedy = "It has a family, and containerDefinitions as a list of objects, as RegisterTaskDefinition takes them."
        raise Failure(f"{file} is no task definition.", remedy)
    return definition


def _overlaid(definition: dict[str, Any], variables: Mapping[str, str]) -> dict[str, Any]:
    containers = definition["containerDefinitions"]
    overlaid = [{**container, "environment": _laid_over(container, variables)} for container in containers]
    return {**definition, "containerDefinitions": overlaid}


def _laid_over(container: Mapping[str, Any], variables: Mapping[str, str]) -> list[dict[str, str]]:
    kept = [variable for variable in container.get("environment") or [] if variable.get("name") not in variables]
    return [*kept, *({"name": name, "value": value} for name, value in variables.items())]
