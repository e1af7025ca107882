"""What ECS answers: one method for each action that Airflow's operator calls."""

from typing import Any

from paceline_local.ecs.arns import cluster_name, task_arn
from paceline_local.ecs.client_tokens import ClientTokens
from paceline_local.ecs.definitions import Definitions, TaskDefinition
from paceline_local.ecs.listing import listed
from paceline_local.ecs.members import Members
from paceline_local.ecs.overrides import read_overrides
from paceline_local.ecs.refusals import refuse_definition, refuse_parameter
from paceline_local.ecs.run_requests import task_count, task_request
from paceline_local.ecs.runs import Runs
from paceline_local.ecs.tasks import Task, Tasks

_MOST_DESCRIBED = 100


class EcsActions:
    """Any number of them may be asked at once."""

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

    def register_task_definition(self, asked: Members) -> dict[str, Any]:
        definition = self._definitions.register(asked)
        return {"taskDefinition": definition.described(), "tags": definition.tags}

    def describe_task_definition(self, asked: Members) -> dict[str, Any]:
        definition = self._definition(asked, "Unable to describe task definition.")
        return {"taskDefinition": definition.described(), **({"tags": definition.tags} if _with_tags(asked) else {})}

    def run_task(self, asked: Members) -> dict[str, Any]:
        tasks = self._tokens.once(asked, lambda: self._begin(asked))
        return {"tasks": [task.described(with_tags=True) for task in tasks], "failures": []}

    def describe_tasks(self, asked: Members) -> dict[str, Any]:
        cluster, references = cluster_name(asked.text("cluster")), asked.texts("tasks")
        if not references:
            raise refuse_parameter("Tasks cannot be empty.")
        if len(references) > _MOST_DESCRIBED:
            raise refuse_parameter(f"tasks can have at most {_MOST_DESCRIBED} items.")
        found = {reference: self._tasks.find(cluster, reference) for reference in references}
        return {
            "tasks": [task.described(_with_tags(asked)) for task in found.values() if task],
            "failures": [{"arn": _arn(cluster, name), "reason": "MISSING"} for name, task in found.items() if task is None],
        }

    def list_tasks(self, asked: Members) -> dict[str, Any]:
        return listed(asked, self._tasks.of_cluster(cluster_name(asked.text("cluster"))))

    def stop_task(self, asked: Members) -> dict[str, Any]:
        """Answers at once: the containers get their time to end."""
        task = self._tasks.find(cluster_name(asked.text("cluster")), asked.text("task") or "")
        if task is None:
            raise refuse_parameter("The referenced task was not found.")
        self._runs.stop(task, asked.text("reason") or "Task stopped by user")
        return {"task": task.described()}

    def _begin(self, asked: Members) -> list[Task]:
        definition = self._definition(asked, "TaskDefinition not found.")
        request = task_request(asked, definition)
        overrides = read_overrides(request.overrides, definition)
        tasks = [Task(request) for _ in range(task_count(asked))]
        for task in tasks:
            self._runs.begin(task, overrides)
        return tasks

    def _definition(self, asked: Members, unknown: str) -> TaskDefinition:
        reference = asked.text("taskDefinition")
        if not reference:
            raise refuse_parameter("taskDefinition should not be null or empty.")
        definition = self._definitions.find(reference)
        if definition is None:
            raise refuse_definition(unknown)
        return definition


def _arn(cluster: str, reference: str) -> str:
    return reference if reference.startswith("arn:") else task_arn(cluster, reference)


def _with_tags(asked: Members) -> bool:
    return "TAGS" in asked.texts("include")
