"""The registered task definitions: each registration becomes the next revision of its family."""

import re
import threading
import time
from dataclasses import dataclass
from typing import Any

from paceline_local.ecs.api_errors import invalid_definition
from paceline_local.ecs.arns import definition_arn, short_name
from paceline_local.ecs.container_definitions import ContainerDefinition
from paceline_local.ecs.docker_settings import Volumes
from paceline_local.ecs.request_fields import RequestFields

_FAMILY = re.compile(r"[A-Za-z0-9_-]{1,255}")
_REFERENCE = re.compile(r"([^:]+)(?::([0-9]{1,9}))?")
# What a description repeats as it was registered; tags are shown next to it.
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
    fields: RequestFields
    registered_at: float

    @property
    def arn(self) -> str:
        return definition_arn(self.family, self.revision)

    @property
    def network_mode(self) -> str | None:
        return self.fields.text("networkMode")

    @property
    def tags(self) -> list[dict[str, Any]]:
        return [tag.raw for tag in self.fields.objects("tags")]

    def describe(self) -> dict[str, Any]:
        shown = {name: self.fields.raw[name] for name in _SHOWN if name in self.fields.raw}
        containers = [{**_CONTAINER_DEFAULTS, **container.raw} for container in self.fields.objects("containerDefinitions")]
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
    """Every registered revision, for as long as the endpoint runs."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._families: dict[str, list[TaskDefinition]] = {}

    def register(self, fields: RequestFields) -> TaskDefinition:
        family, containers = _parse(fields)
        with self._lock:
            revisions = self._families.setdefault(family, [])
            definition = TaskDefinition(family, len(revisions) + 1, containers, fields, time.time())
            revisions.append(definition)
        return definition

    def find(self, reference: str) -> TaskDefinition | None:
        """By family (the newest revision), `family:revision` or ARN."""
        named = _REFERENCE.fullmatch(short_name(reference))
        with self._lock:
            revisions = self._families.get(named[1], []) if named else []
            revision = int(named[2]) if named and named[2] else len(revisions)
            return revisions[revision - 1] if 0 < revision <= len(revisions) else None


def _parse(fields: RequestFields) -> tuple[str, tuple[ContainerDefinition, ...]]:
    family = fields.text("family")
    if not family:
        raise invalid_definition("Family should not be null or empty.")
    if not _FAMILY.fullmatch(family):
        raise invalid_definition("Family contains invalid characters.")
    volumes = Volumes.parse(fields)
    containers = tuple(ContainerDefinition.parse(container, volumes) for container in fields.objects("containerDefinitions"))
    if not containers:
        raise invalid_definition("Container list cannot be empty.")
    if len({container.name for container in containers}) < len(containers):
        raise invalid_definition("Container names should be unique within a task definition.")
    if not any(container.essential for container in containers):
        raise invalid_definition("At least one container of a task definition should be essential.")
    _check_types(fields)
    return family, containers


def _check_types(fields: RequestFields) -> None:
    """Checks the types of the fields that a run or a description reads later."""
    fields.objects("tags")
    for field in ("networkMode", "cpu", "memory"):
        fields.text(field)
