"""The state of tasks as DescribeTasks shows it, from RunTask until long after their end."""

import threading
import time
import uuid
from typing import Any

from paceline_local.ecs.arns import cluster_arn, container_arn, short_name, task_arn
from paceline_local.ecs.container_states import ContainerState
from paceline_local.ecs.run_requests import TaskRequest


class Task:
    """Only the state: `run.Run` does the work and reports here. Thread-safe."""

    def __init__(self, request: TaskRequest) -> None:
        self.request = request
        self.task_id = uuid.uuid4().hex
        self._lock = threading.Lock()
        self._created_at = time.time()
        self._status, self._desired = "PENDING", "RUNNING"
        self._version = 1
        self._later: dict[str, Any] = {}
        self._containers = {
            container.name: ContainerState(container, container_arn(request.cluster, self.task_id, container.name))
            for container in request.definition.containers
        }

    @property
    def arn(self) -> str:
        return task_arn(self.request.cluster, self.task_id)

    @property
    def desired(self) -> str:
        """RUNNING, or STOPPED as soon as anything has asked for its end."""
        with self._lock:
            return self._desired

    @property
    def has_ended(self) -> bool:
        with self._lock:
            return self._status == "STOPPED"

    @property
    def stopped_reason(self) -> str:
        with self._lock:
            return self._later.get("stoppedReason", "")

    def exit_code(self, container: str) -> int | None:
        with self._lock:
            return self._containers[container].exit_code

    def mark_container_started(self, container: str) -> None:
        with self._lock:
            self._version += 1
            self._containers[container].status = "RUNNING"

    def mark_running(self) -> None:
        """All containers have started; some may have ended already."""
        with self._lock:
            self._version += 1
            self._later |= {"startedAt": time.time(), "connectivity": "CONNECTED"}
            if self._desired == "RUNNING":
                self._status = "RUNNING"

    def mark_container_ended(self, container: str, exit_code: int | None, reason: str | None) -> None:
        with self._lock:
            self._version += 1
            state = self._containers[container]
            state.status, state.exit_code, state.reason = "STOPPED", exit_code, reason

    def mark_stopping(self, stop_code: str, reason: str) -> None:
        """The first reason is kept: containers that end because the task is stopped are not why it was stopped."""
        with self._lock:
            if self._desired == "RUNNING":
                self._version += 1
                self._desired, self._status = "STOPPED", "STOPPING"
                self._later |= {"stopCode": stop_code, "stoppedReason": reason, "stoppingAt": time.time()}

    def mark_stopped(self) -> None:
        with self._lock:
            self._version += 1
            self._status = "STOPPED"
            self._later |= dict.fromkeys(("executionStoppedAt", "stoppedAt"), time.time())
            for container in self._containers.values():
                container.status = "STOPPED"

    def describe(self, include_tags: bool = False) -> dict[str, Any]:
        request, definition = self.request, self.request.definition
        optional = {
            "startedBy": request.started_by,
            "capacityProviderName": request.capacity_provider,
            "cpu": definition.fields.text("cpu"),
            "memory": definition.fields.text("memory"),
            "tags": request.tags if include_tags else None,
        }
        with self._lock:
            return {
                "taskArn": self.arn,
                "clusterArn": cluster_arn(request.cluster),
                "taskDefinitionArn": definition.arn,
                "group": request.group,
                "launchType": request.launch_type,
                "overrides": {"containerOverrides": [], **request.overrides.raw},
                "attachments": [],
                "attributes": [],
                "enableExecuteCommand": False,
                "healthStatus": "UNKNOWN",
                "createdAt": self._created_at,
                "lastStatus": self._status,
                "desiredStatus": self._desired,
                "version": self._version,
                "containers": [container.describe(self.arn) for container in self._containers.values()],
                **{name: value for name, value in optional.items() if value is not None},
                **self._later,
            }


class Tasks:
    """Every task ever started. A cluster is only a name and exists from its first task on."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tasks: dict[str, Task] = {}

    def add(self, task: Task) -> None:
        with self._lock:
            self._tasks[task.task_id] = task

    def find(self, cluster: str, reference: str) -> Task | None:
        """By id or ARN."""
        with self._lock:
            task = self._tasks.get(short_name(reference))
        return task if task and task.request.cluster == cluster else None

    def of_cluster(self, cluster: str) -> list[Task]:
        """In the order in which they were started."""
        with self._lock:
            return [task for task in self._tasks.values() if task.request.cluster == cluster]
