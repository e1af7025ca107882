"""Where the DAGs are deployed: `paceline.json`, the one file next to them that differs between MWAA, compose and a laptop.

It is written by the deployment and never edited by hand; on a laptop `make demo` and `make airflow` write it. A sync that deletes
files missing from the checkout (`aws s3 sync --delete`) must exclude it.
"""

import json
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from inspect import formatannotation
from pathlib import Path
from typing import Any, Self

from paceline.capacity import CapacityProvider, capacity_problems

_CAPACITY = "capacity_providers"
FILE = Path(__file__).parents[1] / "paceline.json"


class DeploymentError(ValueError):
    """Says what is wrong with `paceline.json`; Airflow shows it as the DAG's import error."""


@dataclass(frozen=True, kw_only=True)
class Deployment:
    """One ECS cluster with the task definitions of Paceline's images, and the lake they share."""

    region: str
    cluster: str
    capacity_providers: list[CapacityProvider]
    subnets: list[str]
    security_groups: list[str]
    assign_public_ip: bool
    """Whether containers get a public address: needed in public subnets, where it saves a NAT gateway."""
    families: dict[str, str]
    """The family of each task definition: `extract-<application>` for each application of a source, `load`, `transformation`."""
    log_group: str
    lake: str
    """`s3://bucket/prefix`, or `file:///dir` on a laptop."""
    poll_seconds: float = 6
    """Time between two checks whether a container has ended."""
    log_seconds: float = 5
    """Time between two reads of its log; a task ends only after a last read."""
    retries: int = 2

    @classmethod
    def load(cls) -> Self:
        """Reads the file next to the DAGs."""
        try:
            text = FILE.read_text()
        except FileNotFoundError:
            raise DeploymentError(
                f"{FILE} does not exist: the deployment of the DAGs writes it; on a laptop run `make airflow`."
            ) from None
        try:
            settings = json.loads(text)
        except json.JSONDecodeError as error:
            raise DeploymentError(f"{FILE} is not valid JSON: {error}; deploy the DAGs again.") from None
        return cls.parse(settings)

    @classmethod
    def parse(cls, settings: Mapping[str, Any]) -> Self:
        """Builds it from parsed JSON; an error names each key that is missing, unknown or of the wrong type."""
        known = {field.name: field for field in fields(cls)}
        required = {name for name, field in known.items() if field.default is MISSING}
        if not isinstance(settings, Mapping):
            raise DeploymentError(f"{FILE} is not a JSON object; deploy the DAGs again.")
        problems = [f"has no {name}" for name in sorted(required - settings.keys())]
        problems += [f"has an unknown key {name}" for name in sorted(settings.keys() - known.keys())]
        problems += [
            f"has {'an' if name[0] in 'aeiou' else 'a'} {name} that is not of type {formatannotation(known[name].type)}"
            for name, value in settings.items()
            if name in known and name != _CAPACITY and not _has_type(value, known[name].type)
        ]
        problems += [
            f"has an empty {name}" for name in ("region", "cluster", "subnets", "lake") if settings.get(name) in ("", [])
        ]
        problems += capacity_problems(settings[_CAPACITY]) if _CAPACITY in settings else []
        if problems:
            raise DeploymentError(f"{FILE} {', '.join(problems)}; deploy the DAGs again.")
        return cls(**{**settings, _CAPACITY: [CapacityProvider(**entry) for entry in settings[_CAPACITY]]})

    def family(self, definition: str) -> str:
        """Returns the family of a task definition, by its name without `paceline-`."""
        if definition not in self.families:
            known = ", ".join(self.families) or "none"
            raise DeploymentError(f"{FILE} names no family for the task definition {definition}, only for {known}.")
        return self.families[definition]


def _has_type(value: object, expected: Any) -> bool:
    """Checks a JSON value against `bool`, `str`, `int`, `float`, `list[str]` or `dict[str, str]`."""
    match expected:
        case type() if expected is bool:
            return isinstance(value, bool)
        case type() if expected is float:
            return isinstance(value, int | float) and not isinstance(value, bool)
        case type() if expected in (str, int):
            return isinstance(value, expected) and not isinstance(value, bool)
        case _ if expected == list[str]:
            return isinstance(value, list) and all(isinstance(entry, str) for entry in value)
        case _:
            return isinstance(value, dict) and all(isinstance(entry, str) for entry in value.values())
