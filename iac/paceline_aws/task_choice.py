"""Which task to run, where, and with which command: what `make aws-run` was given, as a request to ECS."""

import json
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from paceline.deployment import Deployment
from paceline_local.failure import USAGE, Failure

from paceline_aws.outputs import deployment_in, outputs_of, parsed

# Of make's command line, and of iac/scripts/run.
VARIABLES = ("ENVIRONMENT", "DEPLOYMENT", "IMAGE", "DEFINITION", "CMD", "CAPACITY", "MINUTES", "DETACH")
_CAPACITIES = {"spot": "FARGATE_SPOT", "on-demand": "FARGATE"}
_MINUTES = 240


@dataclass(frozen=True)
class TaskChoice:
    """`image` is also the container's name. Without a `command` the container runs that of its task definition."""

    deployment: Deployment
    image: str
    family: str
    command: list[str]
    capacity: list[dict[str, Any]]
    minutes: int
    detached: bool

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Self:
        """By the names of make's variables; an empty one counts as not given."""
        words = {name: value for name, value in given.items() if value}
        deployment = _deployment(words.get("ENVIRONMENT"), words.get("DEPLOYMENT"))
        image, definition = _what(deployment, words.get("IMAGE"), words.get("DEFINITION"))
        return cls(
            deployment=deployment,
            image=image,
            family=deployment.families[definition],
            command=_words(words.get("CMD", "")),
            capacity=_capacity(deployment, words.get("CAPACITY")),
            minutes=_minutes(words.get("MINUTES")),
            detached=_detached(words.get("DETACH"), words.get("MINUTES")),
        )

    def request(self) -> dict[str, Any]:
        """RunTask's arguments beside where the task runs, as Airflow's operator has them."""
        override: dict[str, Any] = {
            "name": self.image,
            "environment": [{"name": "PACELINE_LAKE", "value": self.deployment.lake}],
            **({"command": self.command} if self.command else {}),
        }
        return {"capacityProviderStrategy": self.capacity, "overrides": {"containerOverrides": [override]}}


def _deployment(environment: str | None, file: str | None) -> Deployment:
    choice = "Give either ENVIRONMENT=qa, or DEPLOYMENT=path/to/paceline.json."
    if environment and file:
        raise Failure("Two deployments were given.", choice, USAGE)
    if environment:
        return deployment_in(outputs_of(environment, "deployment"), environment)
    if not file:
        raise Failure("No deployment was given.", choice, USAGE)
    try:
        return parsed(json.loads(Path(file).read_text(encoding="utf-8")), file)
    except OSError as error:
        raise Failure(f"{file} cannot be read: {error.strerror}.", "Name a file that Terraform wrote.", USAGE) from None
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise Failure(f"{file} is not JSON: {error}.", "Name a file that Terraform wrote.", USAGE) from None


def _what(deployment: Deployment, image: str | None, definition: str | None) -> tuple[str, str]:
    """The image and the task definition, of which either may follow from the other."""
    known = sorted(deployment.families)
    if definition:
        if definition not in deployment.families:
            raise Failure(f"There is no task definition {definition}.", f"Choose from: {', '.join(known)}.", USAGE)
        own = definition.partition("-")[0]
        if image not in (None, own):
            raise Failure(f"The task definition {definition} runs the image {own}, not {image}.", "Leave out IMAGE.", USAGE)
        return own, definition
    fitting = [name for name in known if image and name.partition("-")[0] == image]
    if not fitting:
        images = sorted({name.partition("-")[0] for name in known})
        what = f"There is no image {image}." if image else "No image was given."
        raise Failure(what, f"Give IMAGE={', IMAGE='.join(images)}.", USAGE)
    if len(fitting) > 1:
        choice = f"Give DEFINITION={', DEFINITION='.join(fitting)}."
        raise Failure(f"The image {image} has a task definition for each application.", choice, USAGE)
    return str(image), fitting[0]


def _words(command: str) -> list[str]:
    try:
        return shlex.split(command)
    except ValueError as error:
        raise Failure(f"CMD={command} cannot be split into words: {error}.", "Close its quotes.", USAGE) from None


def _capacity(deployment: Deployment, name: str | None) -> list[dict[str, Any]]:
    if name is None:
        return [provider.to_ecs() for provider in deployment.capacity_providers]
    if name not in _CAPACITIES:
        raise Failure(f"CAPACITY={name} is unknown.", f"Choose from: {', '.join(_CAPACITIES)}.", USAGE)
    return [{"capacityProvider": _CAPACITIES[name], "weight": 1}]


def _minutes(text: str | None) -> int:
    if text is None:
        return _MINUTES
    if not re.fullmatch("0*[1-9][0-9]{0,4}", text):
        raise Failure(f"MINUTES={text[:20]} is not a number of minutes.", "Give a whole number from 1 to 99999.", USAGE)
    return int(text)


def _detached(text: str | None, minutes: str | None) -> bool:
    if text not in (None, "0", "1"):
        raise Failure(f"DETACH={text} is neither 1 nor 0.", "Give DETACH=1, or leave it out.", USAGE)
    if text == "1" and minutes:
        raise Failure("With DETACH=1 nothing stops the task after MINUTES.", "Leave one of them out.", USAGE)
    return text == "1"
