"""Which task to run, where, and with which command: what `make aws-run` was given, as a request to ECS."""

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from paceline.deployment import FILE, Deployment, DeploymentError
from paceline_local.failure import USAGE, Failure

from paceline_aws.outputs import outputs_of

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
            detached=_yes(words.get("DETACH")),
        )

    def request(self, started_by: str) -> dict[str, Any]:
        """RunTask's arguments, as Airflow's operator has them."""
        deployment = self.deployment
        override: dict[str, Any] = {
            "name": self.image,
            "environment": [{"name": "PACELINE_LAKE", "value": deployment.lake}],
            **({"command": self.command} if self.command else {}),
        }
        network = {
            "subnets": deployment.subnets,
            "securityGroups": deployment.security_groups,
            "assignPublicIp": "ENABLED" if deployment.assign_public_ip else "DISABLED",
        }
        return {
            "cluster": deployment.cluster,
            "taskDefinition": self.family,
            "capacityProviderStrategy": self.capacity,
            "networkConfiguration": {"awsvpcConfiguration": network},
            "overrides": {"containerOverrides": [override]},
            "startedBy": started_by,
        }


def _deployment(environment: str | None, file: str | None) -> Deployment:
    if bool(environment) == bool(file):
        raise Failure("It is not known where to run.", "Give either ENVIRONMENT=qa, or DEPLOYMENT=path/to/paceline.json.", USAGE)
    where = f"The output `deployment` of {environment}" if environment else str(file)
    try:
        settings = outputs_of(environment).get("deployment") if environment else json.loads(Path(str(file)).read_text())
        return Deployment.parse(settings)
    except OSError as error:
        raise Failure(f"{where} cannot be read: {error.strerror}.", "Name a file that Terraform wrote.", USAGE) from None
    except json.JSONDecodeError as error:
        raise Failure(f"{where} is not JSON: {error}.", "Name a file that Terraform wrote.", USAGE) from None
    except DeploymentError as error:
        # It speaks of the file beside the DAGs.
        what = str(error).removeprefix(f"{FILE} ").partition(";")[0]
        raise Failure(f"{where} {what}.", "Apply the environment again, or name another file.") from None


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
        what = f"There is no image {image}." if image else "It is not known what to run."
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
    if not text.isascii() or not text.isdecimal() or int(text) == 0:
        raise Failure(f"MINUTES={text} is not a number of minutes.", "Give a whole number above 0.", USAGE)
    return int(text)


def _yes(text: str | None) -> bool:
    if text not in (None, "0", "1"):
        raise Failure(f"DETACH={text} is neither 1 nor 0.", "Give DETACH=1, or leave it out.", USAGE)
    return text == "1"
