"""The task definitions: each registration is a family's next revision."""

import re
import threading
import time
from dataclasses import dataclass
from typing import Any

from paceline_local.ecs.arns import definition_arn, short_name
from paceline_local.ecs.container_definitions import ContainerDefinition
from paceline_local.ecs.members import Members
from paceline_local.ecs.refusals import refuse_definition

_FAMILY = re.compile(r"[A-Za-z0-9_-]{1,255}")
_REFERENCE = re.compile(r"([^:]+)(?::([0-9]{1,9}))?")
# What a description shows as it was asked; tags are shown beside it.
_SHOWN = (
    *("taskRoleArn", "executionRoleArn", "networkMode", "volumes", "placementConstraints", "requiresCompatibilities"),
    *("cpu", "memory", "pidMode", "ipcMode", "proxyConfiguration", "ephemeralStorage", "runtimePlatform", "enableFaultInjection"),
)
_CONTAINER_DEFAULTS = {"cpu": 0, "essential": True, "environment": [], "mountPoints": [], "portMappings": [], "volumesFrom": []}


@dataclass(frozen=True)
class TaskDefinition:
    """One revision of a family. At least one of its containers is essential."""

    family: str
    revision: int
    containers: tuple[ContainerDefinition, ...]
    asked: Members
    registered_at: float

    @property
    def arn(self) -> str:
        return definition_arn(self.family, self.revision)

    @property
    def network_mode(self) -> str | None:
        return self.asked.text("networkMode")

    @property
    def tags(self) -> list[dict[str, Any]]:
        return [tag.raw for tag in self.asked.objects("tags")]

    def described(self) -> dict[str, Any]:
        shown = {name: self.asked.raw[name] for name in _SHOWN if name in self.asked.raw}
        containers = [{**_CONTAINER_DEFAULTS, **container.raw} for container in self.asked.objects("containerDefinitions")]
        return {
            "volumes": [],
            "placementConstraints": [],
            **shown,
            "taskDefinitionArn": self.arn,
            "family": self.family,
            "revision": self.revision,
            "status": "ACTIVE",
            "registeredAt": self.registered_at,
            "containerDefinitions": containers,
        }


class Definitions:
    """Every revision that was registered, for as long as the endpoint lives."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._families: dict[str, list[TaskDefinition]] = {}

    def register(self, asked: Members) -> TaskDefinition:
        family, containers = _checked(asked)
        with self._lock:
            revisions = self._families.setdefault(family, [])
            definition = TaskDefinition(family, len(revisions) + 1, containers, asked, time.time())
            revisions.append(definition)
        return definition

    def find(self, reference: str) -> TaskDefinition | None:
        """By family (the newest revision), `family:revision` or ARN."""
        named = _REFERENCE.fullmatch(short_name(reference))
        with self._lock:
            revisions = self._families.get(named[1], []) if named else []
            wanted = int(named[2]) if named and named[2] else len(revisions)
            return revisions[wanted - 1] if 0 < wanted <= len(revisions) else None


def _checked(asked: Members) -> tuple[str, tuple[ContainerDefinition, ...]]:
    family = asked.text("family")
    if not family:
        raise refuse_definition("Family should not be null or empty.")
    if not _FAMILY.fullmatch(family):
        raise refuse_definition("Family contains invalid characters.")
    containers = tuple(ContainerDefinition.checked(container) for container in asked.objects("containerDefinitions"))
    if not containers:
        raise refuse_definition("Container list cannot be empty.")
    if len({container.name for container in containers}) < len(containers):
        raise refuse_definition("Container names should be unique within a task definition.")
    if not any(container.essential for container in containers):
        raise refuse_definition("At least one container of a task definition should be essential.")
    _check_kinds(asked)
    return family, containers


def _check_kinds(asked: Members) -> None:
    """Of what a run or a description reads later."""
    asked.objects("tags")
    for member in ("networkMode", "cpu", "memory"):
        asked.text(member)
