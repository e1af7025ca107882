"""ECS and CloudWatch Logs on one machine: what Airflow's `EcsRunTaskOperator` calls, with containers that really run.

Start at `endpoint`. A request comes in through `server`, is read by `protocol` and answered by `ecs_actions` or `log_actions`.
A task's life is `run`, what is told of it `tasks`; `processes` and `docker_runner` are the two ways to run a container.
The standard library is enough, but for Docker's SDK where containers are Docker's: Airflow's environment imports this too.
"""

from paceline_local.ecs.endpoint import Endpoint
from paceline_local.ecs.images import ProcessImage
from paceline_local.ecs.processes import ProcessRunner
from paceline_local.ecs.secrets import Secrets
from paceline_local.ecs.watching import Ended, Started, WatchedTask

__all__ = ["Ended", "Endpoint", "ProcessImage", "ProcessRunner", "Secrets", "Started", "WatchedTask"]
