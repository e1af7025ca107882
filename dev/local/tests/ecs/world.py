"""An endpoint and its boto3 clients. Every response they get is checked against botocore's shapes, in every test."""

from collections.abc import Mapping
from configparser import ConfigParser
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3
from botocore.client import BaseClient
from botocore.config import Config
from paceline_local.ecs import Ended, Endpoint, Started
from paceline_local.ecs.access_key import AccessKey
from paceline_local.waiting import wait_until

from .shapes import check_response

CONNECTIONS = 50
GROUP, PREFIX = "/paceline", "paceline"
LOG = {"logDriver": "awslogs", "options": {"awslogs-group": GROUP, "awslogs-stream-prefix": PREFIX}}


def definition(family: str = "shell", *more: Mapping[str, Any], **container: Any) -> dict[str, Any]:
    """A task definition with the container `main`, which runs the image `shell`, and with `more` containers."""
    main = {"name": "main", "image": "shell", "logConfiguration": LOG, **container}
    return {"family": family, "containerDefinitions": [main, *more]}


def key_in(credentials: Path) -> AccessKey:
    """The access key of an endpoint, from its file."""
    profile = ConfigParser()
    profile.read(credentials)
    return AccessKey(profile["default"]["aws_access_key_id"], profile["default"]["aws_secret_access_key"])


def key_of(endpoint: Endpoint) -> AccessKey:
    return key_in(Path(endpoint.client_environment()["AWS_SHARED_CREDENTIALS_FILE"]))


def client(service: str, url: str, key: AccessKey) -> BaseClient:
    """Never retries: it sees exactly what the endpoint returned."""
    made = boto3.client(
        service,
        endpoint_url=url,
        region_name="eu-west-1",
        aws_access_key_id=key.key_id,
        aws_secret_access_key=key.secret,
        config=Config(retries={"total_max_attempts": 1}, max_pool_connections=CONNECTIONS),
    )
    made.meta.events.register("before-parse", _check)
    return made


def _check(operation_model: Any, response_dict: Mapping[str, Any], **_: Any) -> None:
    check_response(operation_model, response_dict["status_code"], response_dict["body"])


@dataclass
class Watched:
    """Collects the endpoint's task events."""

    events: list[Started | Ended] = field(default_factory=list)

    def __call__(self, event: Started | Ended) -> None:
        self.events.append(event)


class World:
    """Its family `shell` runs a script, as `sh -c` does."""

    def __init__(self, endpoint: Endpoint, url: str, key: AccessKey, logs: Path, watched: Watched) -> None:
        self.endpoint, self.url, self.key, self.logs, self.watched = endpoint, url, key, logs, watched
        self.ecs, self.cloudwatch = client("ecs", url, key), client("logs", url, key)
        endpoint.register(definition())

    def begin(self, *command: str, family: str = "shell", **request: Any) -> str:
        """Starts a task and returns its ARN; its container `main` has that command, or its definition's."""
        overrides = {"containerOverrides": [{"name": "main", "command": list(command)}]} if command else {}
        response = self.ecs.run_task(**{"taskDefinition": family, "overrides": overrides, **request})
        assert response["failures"] == []
        return response["tasks"][0]["taskArn"]

    def task(self, arn: str) -> dict[str, Any]:
        return self.ecs.describe_tasks(tasks=[arn])["tasks"][0]

    def end_of(self, arn: str) -> dict[str, Any]:
        """The task, once it has ended."""
        wait_until(lambda: self.task(arn)["lastStatus"] == "STOPPED", f"{arn} did not end", "")
        return self.task(arn)

    def run(self, *command: str, family: str = "shell", **request: Any) -> dict[str, Any]:
        return self.end_of(self.begin(*command, family=family, **request))

    def events(self, arn: str, container: str = "main", **request: Any) -> list[str]:
        name = f"{PREFIX}/{container}/{task_id(arn)}"
        names = {"logGroupName": GROUP, "logStreamName": name, "startFromHead": True, **request}
        return [event["message"] for event in self.cloudwatch.get_log_events(**names)["events"]]

    def wait_for(self, line: str, arn: str, container: str = "main") -> None:
        """Waits until the container has printed the line, i.e. has reached the point that the test needs."""
        wait_until(lambda: self._has_printed(line, arn, container), f"{arn} did not print '{line}'", "")

    def _has_printed(self, line: str, arn: str, container: str) -> bool:
        try:
            return line in self.events(arn, container)
        except self.cloudwatch.exceptions.ResourceNotFoundException:
            return False


def task_id(arn: str) -> str:
    return arn.rsplit("/", 1)[-1]


def main_of(task: Mapping[str, Any]) -> dict[str, Any]:
    """The description of its container `main`."""
    return next(container for container in task["containers"] if container["name"] == "main")
