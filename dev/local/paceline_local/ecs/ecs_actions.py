"""The ECS actions that Airflow's operator calls, one method each."""

from typing import Any

from paceline_local.ecs.api_errors import invalid_definition, invalid_parameter
from paceline_local.ecs.arns import cluster_name, task_arn
from paceline_local.ecs.client_tokens import ClientTokens
from paceline_local.ecs.definitions import Definitions, TaskDefinition
from paceline_local.ecs.listing import list_tasks
from paceline_local.ecs.overrides import read_overrides
from paceline_local.ecs.request_fields import RequestFields
from paceline_local.ecs.run_requests import task_count, task_request
from paceline_local.ecs.runs import Runs
from paceline_local.ecs.tasks import Task, Tasks

_MAX_DESCRIBED = 100


class EcsActions:
    """Safe for concurrent requests."""

    def __init__(self, runs: Runs, tasks: Tasks) -> None:
        self._runs = runs
        self._tasks = tasks
        self._definitions = Definitions()
        self._tokens = ClientTokens()
        self.by_name = {
            "RegisterTaskDefinition": self.register_task_definition,
            "DescribeTaskDefinition": self.describe_task_definition,
            "RunTask": self.run_task,
            "DescribeTasks": self.describe_tasks,
            "ListTasks": self.list_tasks,
            "StopTask": self.stop_task,
        }

    def register_task_definition(self, fields: RequestFields) -> dict[str, Any]:
        definition = self._definitions.register(fields)
        return {"taskDefinition": definition.describe(), "tags": definition.tags}

    def describe_task_definition(self, fields: RequestFields) -> dict[str, Any]:
        definition = self._definition(fields, "Unable to describe task definition.")
        return {"taskDefinition": definition.describe(), **({"tags": definition.tags} if _with_tags(fields) else {})}

    def run_task(self, fields: RequestFields) -> dict[str, Any]:
        tasks = self._tokens.once(fields, lambda: self._begin(fields))
        return {"tasks": [task.describe(include_tags=True) for task in tasks], "failures": []}

    def describe_tasks(self, fields: RequestFields) -> dict[str, Any]:
        cluster, references = cluster_name(fields.text("cluster")), fields.texts("tasks")
        if not references:
            raise invalid_parameter("Tasks cannot be empty.")
        if len(references) > _MAX_DESCRIBED:
            raise invalid_parameter(f"tasks can have at most {_MAX_DESCRIBED} items.")
        found = {reference: self._tasks.find(cluster, reference) for reference in references}
        return {
            "tasks": [task.describe(_with_tags(fields)) for task in found.values() if task],
            "failures": [{"arn": _arn(cluster, name), "reason": "MISSING"} for name, task in found.items() if task is None],
        }

    def list_tasks(self, fields: RequestFields) -> dict[str, Any]:
        return list_tasks(fields, self._tasks.of_cluster(cluster_name(fields.text("cluster"))))

    def stop_task(self, fields: RequestFields) -> dict[str, Any]:
        """Returns immediately: the containers get their time to end."""
        task = self._tasks.find(cluster_name(fields.text("cluster")), fields.text("task") or "")
        if task is None:
            raise invalid_parameter("The referenced task was not found.")
        self._runs.stop(task, fields.text("reason") or "Task stopped by user")
        return {"task": task.describe()}

    def _begin(self, fields: RequestFields) -> list[Task]:
        definition = self._definition(fields, "TaskDefinition not found.")
        request = task_request(fields, definition)
        overrides = read_overrides(request.overrides, definition)
        tasks = [Task(request) for _ in range(task_count(fields))]
        for task in tasks:
            self._runs.begin(task, overrides)
        return tasks

    def _definition(self, fields: RequestFields, unknown: str) -> TaskDefinition:
        reference = fields.text("taskDefinition")
        if not reference:
            raise invalid_parameter("taskDefinition should not be null or empty.")
        definition = self._definitions.find(reference)
        if definition is None:
            raise invalid_definition(unknown)
        return definition


def _arn(cluster: str, reference: str) -> str:
    return reference if reference.startswith("arn:") else task_arn(cluster, reference)


def _with_tags(fields: RequestFields) -> bool:
    return "TAGS" in fields.texts("include")
