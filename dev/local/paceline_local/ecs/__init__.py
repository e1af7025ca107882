"""ECS and CloudWatch Logs on one machine: what Airflow's `EcsRunTaskOperator` calls, with containers that really run.

Start at `endpoint`. A request arrives at `server`, is parsed by `protocol` and handled by `ecs_actions` or `log_actions`.
`run` runs a task and `tasks` holds its state; `processes` and `docker_runner` are the two ways to run a container.
Needs only the standard library, plus Docker's SDK for Docker containers: Airflow's environment imports this package too.
"""

from paceline_local.ecs.endpoint import Endpoint
from paceline_local.ecs.images import ProcessImage
from paceline_local.ecs.processes import ProcessRunner
from paceline_local.ecs.secrets import Secrets
from paceline_local.ecs.task_events import Ended, Started, TaskInfo

__all__ = ["Ended", "Endpoint", "ProcessImage", "ProcessRunner", "Secrets", "Started", "TaskInfo"]
