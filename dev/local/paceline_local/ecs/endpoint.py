"""The endpoint: what Airflow's AWS_ENDPOINT_URL_ECS and AWS_ENDPOINT_URL_CLOUDWATCH_LOGS point to.

It believes every signature and runs what it is told, with the secrets it was given: so it listens on the loopback,
unless told otherwise.
"""

import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from paceline_local.ecs.containers import Runner
from paceline_local.ecs.ecs_actions import EcsActions
from paceline_local.ecs.log_actions import LogActions
from paceline_local.ecs.members import Members
from paceline_local.ecs.protocol import Protocol
from paceline_local.ecs.refusals import Refusal
from paceline_local.ecs.run import Means
from paceline_local.ecs.runs import Runs
from paceline_local.ecs.secrets import Secrets
from paceline_local.ecs.server import Server
from paceline_local.ecs.streams import Streams
from paceline_local.ecs.tasks import Tasks
from paceline_local.ecs.watching import Watch
from paceline_local.failure import UNAVAILABLE, Failure

_ENDS_WITHIN = 10


class Endpoint:
    """ECS and CloudWatch Logs at one address: `with Endpoint(…) as url`, or start and stop.

    All that it knows is in memory; the logs are files in `logs` as well.
    """

    def __init__(self, runner: Runner, secrets: Secrets, logs: Path, watch: Watch | None = None) -> None:
        streams, tasks = Streams(), Tasks()
        self._runner = runner
        self._runs = Runs(Means(runner, secrets, streams, logs, watch), tasks)
        self._ecs = EcsActions(self._runs, tasks)
        self._protocol = Protocol(
            {"AmazonEC2ContainerServiceV20141113": self._ecs.by_name, "Logs_20140328": LogActions(streams).by_name}
        )
        self._server: Server | None = None

    def register(self, definition: Mapping[str, Any]) -> None:
        """A task definition, as RegisterTaskDefinition takes it."""
        try:
            self._ecs.register_task_definition(Members(definition))
        except Refusal as why:
            what = f"The task definition '{definition.get('family')}' is refused: {why}"
            raise Failure(what, "Mend it where it is written.") from None

    def start(self, host: str = "127.0.0.1", port: int = 0) -> str:
        """Its URL, as soon as it answers; port 0 is any free one."""
        try:
            self._server = Server(host, port, self._protocol)
        except (OSError, OverflowError) as why:
            remedy = "Name a port from 0 to 65535 on which nothing listens; 0 takes any."
            raise Failure(f"The local ECS endpoint cannot listen on {host}, port {port}: {why}.", remedy, UNAVAILABLE) from None
        threading.Thread(target=self._server.serve_forever, args=(0.02,), name="ecs-endpoint", daemon=True).start()
        return f"http://{host}:{self._server.server_address[1]}"

    def stop(self, grace: float = _ENDS_WITHIN) -> None:
        """Ends all tasks (SIGTERM, SIGKILL after `grace` seconds), answering until they have ended, and then itself."""
        try:
            self._runs.end(grace)
        except (KeyboardInterrupt, SystemExit):
            # Asked once more to end, by Ctrl-C or SIGTERM: without grace, but never without its containers.
            self._runs.end(0)
            raise
        finally:
            if self._server:
                self._server.end()
                self._server = None
            self._runner.close()

    def __enter__(self) -> str:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()
