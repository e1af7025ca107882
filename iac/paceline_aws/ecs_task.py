"""A task of ECS that a command starts and stops: also if the start is interrupted before ECS has answered."""

import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from paceline.deployment import Deployment
from paceline_local.failure import UNAVAILABLE, Failure

from paceline_aws.calls import call_aws

# ListTasks shows a new task only after some seconds.
_SEARCH_SECONDS, _SEARCH_INTERVAL = 15.0, 1.0


@dataclass
class EcsTask:
    """One task, of which `arn` is known once ECS has started it. `purpose` begins the mark by which it is found otherwise."""

    ecs: Any
    deployment: Deployment
    family: str
    purpose: str
    search_seconds: float = _SEARCH_SECONDS
    arn: str | None = field(default=None, init=False)
    started_by: str = field(init=False)
    _unanswered: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self.started_by = f"{self.purpose}-{uuid.uuid4().hex[:20]}"

    def start(self, request: Mapping[str, Any], remedy: str = "Try again later.") -> str:
        """Its ARN. A Failure if ECS did not start it; anything else that is raised here leaves that open."""
        self._unanswered = True
        try:
            response = call_aws(f"Starting {self.family}", lambda: self.ecs.run_task(**request, **self._where()))
        except Failure:
            self._unanswered = False
            raise
        if not response["tasks"]:
            self._unanswered = False
            reasons = ", ".join(failure.get("reason", "no reason") for failure in response["failures"])
            raise Failure(f"ECS did not start {self.family}: {reasons or 'it gives no reason'}.", remedy, UNAVAILABLE)
        self.arn = str(response["tasks"][0]["taskArn"])
        return self.arn

    def described(self) -> Mapping[str, Any]:
        """Empty for the moment in which ECS does not know the new task everywhere."""
        wanted = {"cluster": self.deployment.cluster, "tasks": [self.arn]}
        tasks = call_aws(f"Asking ECS about {self.family}", lambda: self.ecs.describe_tasks(**wanted))["tasks"]
        return tasks[0] if tasks else {}

    def stop(self, reason: str) -> str:
        """Says what was done, if ECS has been asked to start it; a Failure has the command by which to stop it."""
        if not self.arn and not self._unanswered:
            return ""
        try:
            self.arn = self.arn or self._search()
            if self.arn:
                self.ecs.stop_task(cluster=self.deployment.cluster, task=self.arn, reason=reason)
        except (BotoCoreError, ClientError) as error:
            raise Failure(f"The task could not be stopped: {str(error).rstrip('.')}.", self.how_to_stop(), UNAVAILABLE) from None
        return "The task is stopped." if self.arn else f"ECS shows no task of this command. {self.how_to_stop()}"

    def how_to_stop(self) -> str:
        """The commands for it."""
        where = f"--region {self.deployment.region} --cluster {self.deployment.cluster}"
        if self.arn:
            return f"To stop it: aws ecs stop-task {where} --task {self.arn}"
        return f"To look for it: aws ecs list-tasks {where} --started-by {self.started_by}"

    def log_stream(self, container: str) -> str:
        """As the log driver names it, by the prefix in the task definitions."""
        return f"paceline/{container}/{(self.arn or '').rpartition('/')[2]}"

    def _where(self) -> dict[str, Any]:
        network = {
            "subnets": self.deployment.subnets,
            "securityGroups": self.deployment.security_groups,
            "assignPublicIp": "ENABLED" if self.deployment.assign_public_ip else "DISABLED",
        }
        return {
            "cluster": self.deployment.cluster,
            "taskDefinition": self.family,
            "startedBy": self.started_by,
            "networkConfiguration": {"awsvpcConfiguration": network},
        }

    def _search(self) -> str | None:
        deadline = time.monotonic() + self.search_seconds
        while True:
            found = self.ecs.list_tasks(cluster=self.deployment.cluster, startedBy=self.started_by)["taskArns"]
            if found or time.monotonic() > deadline:
                return str(found[0]) if found else None
            time.sleep(_SEARCH_INTERVAL)
