"""The endpoint: what Airflow's AWS_ENDPOINT_URL_ECS and AWS_ENDPOINT_URL_CLOUDWATCH_LOGS point to.

It runs what it is asked to, with the secrets it was given. It therefore listens on loopback unless another host is given, and
obeys only requests that are signed with its key, which is new at each start, and that call it by a name of its own.
"""

import logging
import threading
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

from paceline_local.ecs.access_key import AccessKey, client_environment
from paceline_local.ecs.api_errors import ApiError
from paceline_local.ecs.containers import Runner
from paceline_local.ecs.ecs_actions import EcsActions
from paceline_local.ecs.host_names import HostNames, own_name
from paceline_local.ecs.left_behind import owning
from paceline_local.ecs.log_actions import LogActions
from paceline_local.ecs.protocol import Protocol
from paceline_local.ecs.request_fields import RequestFields
from paceline_local.ecs.run import RunContext
from paceline_local.ecs.runs import Runs
from paceline_local.ecs.secrets import Secrets
from paceline_local.ecs.server import Server
from paceline_local.ecs.signatures import Signatures
from paceline_local.ecs.streams import Streams
from paceline_local.ecs.task_events import Watch
from paceline_local.ecs.tasks import Tasks
from paceline_local.failure import UNAVAILABLE, Failure

_logger = logging.getLogger(__name__)

_DEFAULT_GRACE = 10


class Endpoint:
    """ECS and CloudWatch Logs at one address: `with Endpoint(…) as variables`, or start and stop.

    Its state is in memory; the logs are also files in `logs`, which it owns while it runs. `credentials` is the file that
    clients read its key from; by default it is next to that folder. `empty_pages` is for tests: see LogActions.
    """

    def __init__(
        self,
        runner: Runner,
        secrets: Secrets,
        logs: Path,
        watch: Watch | None = None,
        *,
        credentials: Path | None = None,
        empty_pages: int = 0,
    ) -> None:
        streams, tasks = Streams(), Tasks()
        self._runner = runner
        self._runs = Runs(RunContext(runner, secrets, streams, logs, watch), tasks)
        self._ecs = EcsActions(self._runs, tasks)
        self._logs = logs
        self._credentials = credentials or logs.with_name(f"{logs.name}.credentials")
        self._key = AccessKey.new()
        self._protocol = Protocol(
            Signatures(self._key),
            {"AmazonEC2ContainerServiceV20141113": self._ecs.by_name, "Logs_20140328": LogActions(streams, empty_pages).by_name},
        )
        self._server: Server | None = None
        self._closing = ExitStack()
        self._url = ""

    def register(self, definition: Mapping[str, Any]) -> None:
        """Registers a task definition in the form that RegisterTaskDefinition takes."""
        try:
            self._ecs.register_task_definition(RequestFields(definition))
        except ApiError as error:
            what = f"The task definition '{definition.get('family')}' is refused: {error}"
            raise Failure(what, "Correct its file.") from None

    def start(self, host: str = "127.0.0.1", port: int = 0, names: Iterable[str] = ()) -> str:
        """Returns its URL once it accepts requests; port 0 picks a free port, and `names` are more names of this machine.

        First it ends the containers of an endpoint that was killed.
        """
        with ExitStack() as closing:
            closing.enter_context(owning(self._logs))
            if self._runner.end_left_behind(self._logs):
                _logger.warning("Ended the containers of %s, whose endpoint had been killed.", self._logs)
            self._listen(host, port, HostNames([own_name(host), *names]))
            closing.callback(self._close_server)
            self._key.write(self._credentials)
            closing.callback(self._key.remove, self._credentials)
            self._closing = closing.pop_all()
        return self._url

    def client_environment(self) -> dict[str, str]:
        """The variables with which AWS's SDKs call this endpoint. They name the file with its key; they do not hold it."""
        return client_environment(self._url, self._credentials)

    def _listen(self, host: str, port: int, names: HostNames) -> None:
        try:
            self._server = Server(host, port, names, self._protocol)
        except (OSError, OverflowError) as error:
            remedy = "Choose an unused port from 1 to 65535, or 0 for any free one."
            raise Failure(f"The local ECS endpoint cannot listen on {host}, port {port}: {error}.", remedy, UNAVAILABLE) from None
        threading.Thread(target=self._server.serve_forever, args=(0.02,), name="ecs-endpoint", daemon=True).start()
        self._url = f"http://{own_name(host)}:{self._server.server_address[1]}"

    def stop(self, grace: float = _DEFAULT_GRACE) -> None:
        """Ends all tasks (SIGTERM, then SIGKILL after `grace` seconds), serving requests until they have ended, then stops."""
        try:
            self._runs.end(grace)
        except (KeyboardInterrupt, SystemExit):
            # A second Ctrl-C or SIGTERM: no more grace, but still wait until the containers are gone.
            self._runs.end(0)
            raise
        finally:
            self._closing.close()
            self._runner.close()

    def _close_server(self) -> None:
        if self._server:
            self._server.end()
            self._server = None

    def __enter__(self) -> dict[str, str]:
        self.start()
        return self.client_environment()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()
