"""What DescribeTasks shows of one container of a task."""

from dataclasses import dataclass
from typing import Any

from paceline_local.ecs.container_definitions import ContainerDefinition


@dataclass
class ContainerState:
    """`exit_code` stays None if it never ran, and `reason` says why. Its task's lock guards it."""

    definition: ContainerDefinition
    arn: str
    status: str = "PENDING"
    exit_code: int | None = None
    reason: str | None = None

    def describe(self, task: str) -> dict[str, Any]:
        optional = {"exitCode": self.exit_code, "reason": self.reason}
        return {
            "containerArn": self.arn,
            "taskArn": task,
            "name": self.definition.name,
            "image": self.definition.image,
            "lastStatus": self.status,
            "healthStatus": "UNKNOWN",
            "networkInterfaces": [],
            **{name: value for name, value in optional.items() if value is not None},
        }
