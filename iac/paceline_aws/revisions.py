"""Task definitions in AWS: the newest revision of a family, and a copy of it that runs another image."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from paceline_local.failure import Failure

from paceline_aws.calls import call_aws


@dataclass(frozen=True)
class Definition:
    """The newest revision of a family, and its tags."""

    revision: Mapping[str, Any]
    tags: list[dict[str, str]]

    @classmethod
    def newest(cls, ecs: Any, family: str) -> Self:
        described = call_aws(f"Reading the task definition {family}", lambda: ecs.describe_task_definition(**_with_tags(family)))
        return cls(described["taskDefinition"], described.get("tags", []))

    @property
    def family(self) -> str:
        return str(self.revision["family"])

    @property
    def image_name(self) -> str:
        """The image is named for the container that runs it."""
        return str(self._container["name"])

    @property
    def architecture(self) -> str:
        """What ECS takes if a definition does not say."""
        return str(self.revision.get("runtimePlatform", {}).get("cpuArchitecture", "X86_64"))

    def use_image(self, ecs: Any, image: str) -> str:
        """Registers a revision that runs this image, unless the newest one does. Returns what is now the case."""
        if self._container["image"] == image:
            return f"{self.family}:{self.revision['revision']} runs it already"
        # Only what the request knows is copied: the description has more, such as who registered it.
        request = {name: self.revision[name] for name in _members_of_request(ecs) if name in self.revision}
        request["containerDefinitions"] = [{**self._container, "image": image}]
        if self.tags:
            request["tags"] = self.tags
        made = call_aws(f"Registering {self.family}", lambda: ecs.register_task_definition(**request))["taskDefinition"]
        return f"{self.family}:{made['revision']} runs {image}"

    @property
    def _container(self) -> Mapping[str, Any]:
        containers = self.revision["containerDefinitions"]
        if len(containers) != 1:
            raise Failure(f"{self.family} has {len(containers)} containers instead of one.", "Apply its environment again.")
        return containers[0]


def _with_tags(family: str) -> dict[str, Any]:
    return {"taskDefinition": family, "include": ["TAGS"]}


def _members_of_request(ecs: Any) -> list[str]:
    return list(ecs.meta.service_model.operation_model("RegisterTaskDefinition").input_shape.members)
