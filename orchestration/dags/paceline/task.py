"""One of Paceline's images as an Airflow task. Start here; the other operators only say which image and which words."""

import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.providers.amazon.aws.operators.ecs import EcsRunTaskOperator
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowRescheduleException
from botocore.exceptions import BotoCoreError, ClientError
from tenacity import RetryError, Retrying, retry_if_result, stop_after_attempt, wait_fixed

from paceline.deployment import Deployment
from paceline.outcome import ContainerExit, Done, Failed, TryLater, outcome
from paceline.report import Report, describe, last_report

# The run's date for whoever asks for one: `{{ ds }}` is undefined in a run that a person or the API triggered.
DS = "{{ (dag_run.logical_date or dag_run.run_after) | ds }}"

# `off` fails at once where a task would wait: `airflow dags test` would sit there until then.
_RESCHEDULE = "PACELINE_RESCHEDULE"
_LONGEST_WAIT = timedelta(hours=24)
_READINGS = 3


class PacelineTaskOperator(EcsRunTaskOperator):
    """Starts one image with some words on ECS, shows its log, and ends as its exit code and its report say.

    The report is the XCom, and one readable line of the log. Exit 75 with a commit is green, without one the task is
    rescheduled; 64, 65, 77 and 78 fail without another try; everything else fails and is retried. Safe to retry: a worker
    that was killed finds its running container again, and the images take up where they were.

    :param image: which one: a key of `families` in `paceline.json`, which is also the container's name.
    :param command: the words that follow the image's entry point (templated).
    :param environment: what the container sees beside its definition's own, the lake and who started it (templated); secrets
        never come this way.
    :param needs_report: whether a container that succeeded without a readable report is tried again, since
        later tasks ask for it.
    :param waits: whether exit 75 waits for its time; else it is a failure like any other, where waiting alone cures nothing.
    """

    ui_color = "#fdf3e7"
    ui_fgcolor = "#3d2b1f"

    def __init__(
        self,
        *,
        image: str,
        command: Sequence[str],
        environment: Mapping[str, str] | None = None,
        needs_report: bool = False,
        waits: bool = True,
        execution_timeout: timedelta = timedelta(hours=1),
        **kwargs: Any,
    ) -> None:
        deployment = Deployment.load()
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
            "task_definition": deployment.family(image),
            "cluster": deployment.cluster,
            "overrides": {"containerOverrides": [container]},
            "capacity_provider_strategy": [{"capacityProvider": deployment.capacity_provider, "weight": 1}],
            "network_configuration": {
                "awsvpcConfiguration": {
                    "subnets": deployment.subnets,
                    "securityGroups": deployment.security_groups,
                    "assignPublicIp": "DISABLED",
                }
            },
            "container_name": image,
            "awslogs_group": deployment.log_group,
            "awslogs_stream_prefix": "paceline",
            "awslogs_fetch_interval": timedelta(seconds=deployment.log_seconds),
            "waiter_delay": deployment.poll_seconds,
            "region_name": deployment.region,
            # The role of the worker itself: no connection is looked up.
            "aws_conn_id": None,
            # A worker that dies leaves its container running, and so does one that ECS does not answer: the next try finds it.
            "reattach": True,
            "stop_task_on_failure": False,
            # Among them is the report, however much a JVM says behind it.
            "number_logs_exception": 50,
            # Its trigger has no on_kill: a container would outlive its task (docs/decisions/0009).
            "deferrable": False,
        }
        super().__init__(execution_timeout=execution_timeout, **{**settings, **kwargs})
        self.image = image
        self.needs_report = needs_report
        self.waits = waits
        self._report: Report | None = None
        self._waiting_since: datetime | None = None

    def execute(self, context: Any) -> Report | None:
        """Runs the container to its end and returns its report, None where it left none."""
        self._waiting_since = context["ti"].get_first_reschedule_date(context)
        super().execute(context)
        return self._report

    def _check_success_task(self) -> None:
        """Decides by exit code and report, where the parent knows only zero and not zero."""
        end = self._container_exit()
        self._report = end.report
        if end.report:
            self.log.info("Report of %s", describe(end.report))
        result = outcome(end, datetime.now(UTC))
        match result:
            case Done() if self.needs_report and end.report is None:
                raise AirflowException(f"{end} What it did stands; another try finds out what that was.")
            case Done():
                # Else the parent reads the log's last line once more, and a good container would fail where that is refused.
                self.task_log_fetcher = None
            case TryLater(at) if self.waits:
                self._try_later(at, end)
            case Failed(final=True):
                raise AirflowFailException(f"{end} Another try would end the same way: mend it, then clear this task.")
            case TryLater() | Failed():
                raise AirflowException(str(end))

    def _try_later(self, at: datetime, end: ContainerExit) -> None:
        if os.environ.get(_RESCHEDULE, "on").lower() == "off":
            raise AirflowFailException(f"{end} It could go on at {_clock(at)}; {_RESCHEDULE} is off, so nothing waits.")
        if self._waiting_since and at - self._waiting_since > _LONGEST_WAIT:
            raise AirflowFailException(f"{end} It has waited since {_clock(self._waiting_since)}, which is long enough.")
        self.log.info("%s Nothing is committed yet; once more at %s.", end, _clock(at))
        raise AirflowRescheduleException(at)

    def _container_exit(self) -> ContainerExit:
        answer = self.client.describe_tasks(cluster=self.cluster, tasks=[self.arn])
        if not answer["tasks"]:
            return ContainerExit(self.image, None, "", f"ECS no longer knows its task {self.arn}", None)
        task = answer["tasks"][0]
        container = next((found for found in task["containers"] if found["name"] == self.container_name), {})
        exit_code = container.get("exitCode")
        reasons = [task.get("stoppedReason", ""), container.get("reason", "")]
        reason = "; ".join(dict.fromkeys(filter(None, reasons)))
        report = None if exit_code is None else self._read_report()
        return ContainerExit(self.image, exit_code, task.get("stopCode", ""), reason, report)

    def _read_report(self) -> Report | None:
        """CloudWatch may show the last line a moment after the task has stopped, so it is asked more than once."""
        asking = Retrying(
            retry=retry_if_result(lambda report: report is None),
            stop=stop_after_attempt(_READINGS),
            wait=wait_fixed(self.awslogs_fetch_interval.total_seconds()),
        )
        try:
            return asking(lambda: last_report(self._last_lines()))
        except RetryError:
            return None

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
