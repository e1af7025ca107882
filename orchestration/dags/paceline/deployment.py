"""Where the DAGs are: the one file beside them that differs between MWAA, compose and a laptop, `paceline.json`.

What deploys the DAGs writes it, and nobody edits it by hand; on a laptop `make demo` and `make airflow` do. A sync that deletes
what the checkout has not (`aws s3 sync --delete`) must leave it out.
"""

import json
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any, Self

FILE = Path(__file__).parents[1] / "paceline.json"


class DeploymentError(ValueError):
    """What is wrong with `paceline.json`; Airflow shows it as the DAG's import error."""


@dataclass(frozen=True, kw_only=True)
class Deployment:
    """One ECS cluster with the task definitions of Paceline's images, and the lake that they share."""

    region: str
    cluster: str
    capacity_provider: str
    """`FARGATE` or `FARGATE_SPOT`; a reclaimed task is a failure that is retried."""
    subnets: list[str]
    security_groups: list[str]
    families: dict[str, str]
    """The family of the task definition by image: `extract`, `load`, `transformation`."""
    log_group: str
    lake: str
    """`s3://bucket/prefix`, or `file:///dir` on a laptop."""
    poll_seconds: int = 6
    """Between two questions whether a container has ended."""
    log_seconds: int = 5
    """Between two readings of its log; a task's end waits for one."""
    retries: int = 2

    @classmethod
    def load(cls) -> Self:
        """The place that the file beside the DAGs names."""
        try:
            text = FILE.read_text()
        except FileNotFoundError:
            raise DeploymentError(
                f"{FILE} is not there: what deploys the DAGs writes it beside them; on a laptop run `make airflow`."
            ) from None
        try:
            read = json.loads(text)
        except json.JSONDecodeError as error:
            raise DeploymentError(f"{FILE} is no JSON: {error}; have it written anew.") from None
        return cls.parse(read)

    @classmethod
    def parse(cls, read: Mapping[str, Any]) -> Self:
        """The same from JSON that was read; each key that lacks, is unknown or has another type is named."""
        known = {field.name: field for field in fields(cls)}
        required = {name for name, field in known.items() if field.default is MISSING}
        if not isinstance(read, Mapping):
            raise DeploymentError(f"{FILE} holds no object; have it written anew.")
        wrong = [f"lacks {name}" for name in sorted(required - read.keys())]
        wrong += [f"has an unknown {name}" for name in sorted(read.keys() - known.keys())]
        wrong += [
            f"has a {name} that is no {known[name].type}"
            for name, value in read.items()
            if name in known and not _is_a(known[name].type, value)
        ]
        if wrong:
            raise DeploymentError(f"{FILE} {', '.join(wrong)}; have it written anew.")
        return cls(**read)

    def family(self, image: str) -> str:
        """Of the image's task definition."""
        if image not in self.families:
            raise DeploymentError(f"{FILE} names no family of the image {image}, only of {', '.join(self.families) or 'none'}.")
        return self.families[image]


def _is_a(wanted: Any, value: object) -> bool:
    """`dict[str, str]` of a JSON value, one level deep."""
    match wanted:
        case type() if wanted in (str, int):
            return isinstance(value, wanted) and not isinstance(value, bool)
        case _ if wanted == list[str]:
            return isinstance(value, list) and all(isinstance(entry, str) for entry in value)
        case _:
            return isinstance(value, dict) and all(isinstance(entry, str) for entry in value.values())
