"""The parameters of a deployment: those that the secrets of its task definitions name."""

import re
from dataclasses import dataclass
from pathlib import Path

from paceline_local.ecs.definitions_folder import read_definitions
from paceline_local.failure import USAGE, Failure
from paceline_local.paths import CHECKOUT

CONTAINERS = CHECKOUT / "orchestration" / "containers"
_PREFIX = "/paceline/"


@dataclass(frozen=True)
class Parameter:
    """`short` is what is below the deployment's name, e.g. `strava/client-id`; `variable` is what containers get it as."""

    name: str
    short: str
    variable: str

    @property
    def given_by(self) -> str:
        """The variable that a person may set: not the containers' own, which a shell has for commands on this machine."""
        return "PACELINE_SECRET_" + re.sub("[^A-Z0-9]", "_", self.short.upper())


def parameters_of(deployment: str, folder: Path = CONTAINERS) -> list[Parameter]:
    """Each once, although several containers get it."""
    secrets = {
        secret["valueFrom"]: secret["name"]
        for definition in read_definitions(folder, {})
        for container in definition["containerDefinitions"]
        for secret in container.get("secrets", [])
    }
    short = {name.removeprefix(_PREFIX): variable for name, variable in secrets.items()}
    return [Parameter(f"/{deployment}/{name}", name, variable) for name, variable in sorted(short.items())]


def chosen(parameters: list[Parameter], words: list[str]) -> list[Parameter]:
    """Those that a word names, or whose folder it names; all without a word."""
    for word in words:
        if not any(_is_below(parameter, word) for parameter in parameters):
            known = ", ".join(parameter.short for parameter in parameters)
            raise Failure(f"There is no parameter {word}.", f"Choose from: {known}.", USAGE)
    return [parameter for parameter in parameters if not words or any(_is_below(parameter, word) for word in words)]


def _is_below(parameter: Parameter, word: str) -> bool:
    return parameter.short == word or parameter.short.startswith(f"{word.rstrip('/')}/")
