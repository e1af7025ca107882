"""One of Paceline's images as an Airflow task. Start here; the other operators only choose the image and its arguments."""

import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.providers.amazon.aws.operators.ecs import EcsRunTaskOperator
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowRescheduleException
from botocore.exceptions import BotoCoreError, ClientError
from tenacity import RetryError, Retrying, retry_if_result, stop_after_attempt, wait_fixed

from paceline.capacity import without_spot
from paceline.container_log import ContainerLog
from paceline.deployment import Deployment
from paceline.environment import check_secrets
from paceline.outcome import ContainerExit, Done, Failed, TryLater, outcome
from paceline.report import Report, describe, last_report

# The run's date: `{{ ds }}` itself is undefined in a run triggered by a user or through the API.
DS = "{{ (dag_run.logical_date or dag_run.run_after) | ds }}"

# `off` makes a task that would wait fail immediately: `airflow dags test` would block until the wait is over.
_RESCHEDULE = "PACELINE_RESCHEDULE"
_LONGEST_WAIT = timedelta(hours=24)
_REPORT_READS = 3


class PacelineTaskOperator(EcsRunTaskOperator):
    """Runs one image on ECS, shows its log, and ends as its exit code and its report say.

    The report becomes the XCom and one readable line in the log. On exit 75 the task succeeds if something was committed and is
    rescheduled otherwise. Exits 64, 65, 77 and 78 fail without a retry; anything else fails and is retried. Retries are safe:
    after a worker was killed, the next try finds the running container, and the images resume where they stopped. The last try
    does not use Spot, even if the deployment does: ECS starts nothing on demand when Spot has no capacity.

    :param image: the image, which is also the container's name.
    :param definition: a key of `families` in `paceline.json`, if it is not the image's.
    :param command: the arguments for the image's entry point (templated).
    :param environment: variables for the container (templated), in addition to those of its task definition, the lake, and the
        run and try that started it. A secret is refused unless it is a reference such as `ssm:/path`.
    :param needs_report: whether a container that succeeded without a readable report is retried, because later tasks need the
        report.
    :param waits: whether exit 75 reschedules the task. If false, exit 75 is an ordinary failure: use it where waiting alone does
        not help.
    """

    ui_color = "#fdf3e7"
    ui_fgcolor = "#3d2b1f"

    def __init__(
        self,
        *,
        image: str,
        command: Sequence[str],
        definition: str | None = None,
        environment: Mapping[str, str] | None = None,
        needs_report: bool = False,
        waits: bool = True,
        execution_timeout: timedelta = timedelta(hours=1),
        **kwargs: Any,
    ) -> None:
        deployment = Deployment.load()
        check_secrets(environment or {})
        variables = {
            **(environment or {}),
            "PACELINE_LAKE": deployment.lake,
            "PACELINE_ORCHESTRATOR_RUN": "{{ run_id }}",
            "PACELINE_ORCHESTRATOR_TRY": "{{ ti.try_number }}",
        }
        container = {
            "name": image,
            "command": list(command),
            "environment": [{"name": name, "value": value} for name, value in variables.items()],
        }
        settings: dict[str, Any] = {
            "task_definition": deployment.family(definition or image),
            "cluster": deployment.cluster,
            "overrides": {"containerOverrides": [container]},
            "capacity_provider_strategy": [provider.to_ecs() for provider in deployment.capacity_providers],
            "network_configuration": {
                "awsvpcConfiguration": {
                    "subnets": deployment.subnets,
                    "securityGroups": deployment.security_groups,
                    "assignPublicIp": "ENABLED" if deployment.assign_public_ip else "DISABLED",
                }
            },
            "container_name": image,
            "awslogs_group": deployment.log_group,
            "awslogs_stream_prefix": "paceline",
            "awslogs_fetch_interval": timedelta(seconds=deployment.log_seconds),
            "waiter_delay": deployment.poll_seconds,
            "region_name": deployment.region,
            # Uses the worker's own role instead of looking up a connection.
            "aws_conn_id": None,
            # If the worker dies or ECS does not respond, the container continues to run and the next try reattaches to it.
            "reattach": True,
            "stop_task_on_failure": False,
            # Enough to include the report, even if the JVM prints a lot after it.
            "number_logs_exception": 50,
            # The deferrable trigger has no on_kill, so a container would outlive its task (docs/decisions/0009).
            "deferrable": False,
        }
        super().__init__(execution_timeout=execution_timeout, **{**settings, **kwargs})
        self.image = image
        self.needs_report = needs_report
        self.waits = waits
        self._report: Report | None = None
        self._waiting_since: datetime | None = None

    def execute(self, context: Any) -> Report | None:
        """Runs the container to its end and returns its report, or None if it left none."""
        self._waiting_since = context["ti"].get_first_reschedule_date(context)
        if context["ti"].try_number > context["ti"].max_tries:
            self._avoid_spot()
        super().execute(context)
        return self._report

    def _avoid_spot(self) -> None:
        given = self.capacity_provider_strategy or []
        self.capacity_provider_strategy = without_spot(given)
        if self.capacity_provider_strategy != given:
            self.log.info("This is the last try: it runs on FARGATE instead of FARGATE_SPOT.")

    def _check_success_task(self) -> None:
        """Decides by exit code and report; the parent class only distinguishes zero from non-zero."""
        end = self._container_exit()
        self._report = end.report
        if end.report:
            self.log.info("Report of %s", describe(end.report))
        result = outcome(end, datetime.now(UTC))
        match result:
            case Done() if self.needs_report and end.report is None:
                raise AirflowException(f"{end} What it did is kept; a retry will report it.")
            case Done():
                # Otherwise the parent reads the log's last line again and fails the task if CloudWatch refuses.
                self.task_log_fetcher = None
            case TryLater(at) if self.waits:
                self._try_later(at, end)
            case Failed(final=True):
                raise AirflowFailException(f"{end} A retry would end the same way: fix the cause, then clear this task.")
            case TryLater() | Failed():
                raise AirflowException(str(end))

    def _try_later(self, at: datetime, end: ContainerExit) -> None:
        if os.environ.get(_RESCHEDULE, "on").lower() == "off":
            raise AirflowFailException(f"{end} It could resume at {_clock(at)}, but {_RESCHEDULE} is off.")
        if self._waiting_since and at - self._waiting_since > _LONGEST_WAIT:
            raise AirflowFailException(f"{end} It has waited since {_clock(self._waiting_since)}, the longest wait allowed.")
        self.log.info("%s Nothing is committed yet; trying again at %s.", end, _clock(at))
        raise AirflowRescheduleException(at)

    def _container_exit(self) -> ContainerExit:
        """Any member of a response may be absent; a task that never got a host has no `containers`."""
        response = self.client.describe_tasks(cluster=self.cluster, tasks=[self.arn])
        tasks = response.get("tasks")
        if not tasks:
            return ContainerExit(self.image, None, "", f"ECS no longer knows its task {self.arn}", None)
        task = tasks[0]
        container = next((each for each in task.get("containers", []) if each.get("name") == self.container_name), {})
        exit_code = container.get("exitCode")
        reasons = [task.get("stoppedReason", ""), container.get("reason", "")]
        reason = "; ".join(dict.fromkeys(filter(None, reasons)))
        report = None if exit_code is None else self._read_report()
        return ContainerExit(self.image, exit_code, task.get("stopCode", ""), reason, report)

    def _read_report(self) -> Report | None:
        """Reads more than once, because CloudWatch may show the last line only a moment after the task has stopped."""
        retrying = Retrying(
            retry=retry_if_result(lambda report: report is None),
            stop=stop_after_attempt(_REPORT_READS),
            wait=wait_fixed(self.awslogs_fetch_interval.total_seconds()),
        )
        try:
            return retrying(lambda: last_report(self._last_lines()))
        except RetryError:
            return None

    def _get_task_log_fetcher(self) -> ContainerLog:
        return ContainerLog(
            aws_conn_id=self.aws_conn_id,
            region_name=self.awslogs_region,
            log_group=self.awslogs_group,
            log_stream_name=self._get_logs_stream_name(),
            fetch_interval=self.awslogs_fetch_interval,
            logger=self.log,
        )

    def _last_lines(self) -> list[str]:
        if self.task_log_fetcher is None:
            return []
        try:
            return self.task_log_fetcher.get_last_log_messages(self.number_logs_exception)
        except (BotoCoreError, ClientError) as error:
            self.log.warning("Reading the end of the log %s failed: %s", self._get_logs_stream_name(), error)
            return []


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
