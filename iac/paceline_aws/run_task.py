"""`make aws-run`: starts one task of a deployment, follows its log, and ends with the container's exit code.

Ctrl-C stops the task, which gets its time to commit what it has; so does the end of MINUTES.
"""

import os
import sys
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from paceline.outcome import ContainerExit
from paceline.report import describe, last_report
from paceline_local.failure import TRY_AGAIN, UNAVAILABLE, Failure, exit_with

from paceline_aws.calls import called, client
from paceline_aws.task_choice import TaskChoice
from paceline_aws.task_log import TaskLog

# How long ECS may not know a task that it has started, and how often the last line is looked for after the end.
_UNKNOWN_SECONDS, _REPORT_READS = 60, 3
_PREFIX = "PACELINE_AWS_"
_VARIABLES = ("ENVIRONMENT", "DEPLOYMENT", "IMAGE", "DEFINITION", "CMD", "CAPACITY", "MINUTES", "DETACH")


def main() -> int:
    choice = TaskChoice.of({name: os.environ.get(f"{_PREFIX}{name}", "") for name in _VARIABLES})
    ecs, logs = (client(service, choice.deployment.region) for service in ("ecs", "logs"))
    return TaskRun(choice, ecs, logs).run()


@dataclass
class TaskRun:
    """One task, from its start to its end."""

    choice: TaskChoice
    ecs: Any
    logs: Any
    started_by: str = field(default_factory=lambda: f"aws-run-{uuid.uuid4().hex[:20]}")
    _status: str = field(default="", init=False)
    _log: TaskLog = field(init=False)

    def run(self) -> int:
        """The container's exit code; a Failure if it has none."""
        arn = None
        try:
            arn = self._start()
            if self.choice.detached:
                _say(f"It runs on by itself. To stop it: {self._stop_command(arn)}")
                return 0
            return self._follow(arn)
        except (KeyboardInterrupt, SystemExit):
            _say("Stopping the task; press Ctrl-C again to leave it stopping.")
            self._stop(arn, "Stopped from the keyboard")
            if arn:
                self._follow(arn)
            raise
        except Failure:
            if arn and self._status != "STOPPED":
                _say(f"The task runs on. To stop it: {self._stop_command(arn)}")
            raise

    def _start(self) -> str:
        request = self.choice.request(self.started_by)
        response = called(f"Starting {self.choice.family}", lambda: self.ecs.run_task(**request))
        if not response["tasks"]:
            reasons = ", ".join(failure.get("reason", "no reason") for failure in response["failures"])
            remedy = "Try again later, or with CAPACITY=on-demand."
            raise Failure(f"ECS did not start {self.choice.family}: {reasons or 'no reason'}.", remedy, UNAVAILABLE)
        arn = str(response["tasks"][0]["taskArn"])
        stream = f"paceline/{self.choice.image}/{arn.rpartition('/')[2]}"
        self._log = TaskLog(self.logs, self.choice.deployment.log_group, stream)
        _say(f"Started {arn}: {' '.join([self.choice.image, *self.choice.command])}")
        return arn

    def _follow(self, arn: str) -> int:
        """Shows what is new in its log until it has ended."""
        began, stopped = time.monotonic(), False
        while True:
            task = self._described(arn, began)
            if task.get("lastStatus", self._status) != self._status:
                self._status = task["lastStatus"]
                _say(f"The task is {self._status.lower()}.")
            self._show()
            if self._status == "STOPPED":
                return self._end(task, timed_out=stopped)
            if not stopped and time.monotonic() - began > self.choice.minutes * 60:
                _say(f"It has run for {self.choice.minutes} min: stopping it. More with MINUTES=…")
                self._stop(arn, f"make aws-run gave it {self.choice.minutes} min")
                stopped = True
            time.sleep(self.choice.deployment.poll_seconds)

    def _described(self, arn: str, began: float) -> Mapping[str, Any]:
        """Empty for the moment in which ECS does not know the new task everywhere."""
        cluster = self.choice.deployment.cluster
        tasks = called("Asking for the task", lambda: self.ecs.describe_tasks(cluster=cluster, tasks=[arn]))["tasks"]
        if not tasks and time.monotonic() - began > _UNKNOWN_SECONDS:
            raise Failure(f"ECS does not know its task {arn}.", "Its log is in CloudWatch.", UNAVAILABLE)
        return tasks[0] if tasks else {}

    def _show(self) -> None:
        for line in called("Reading the log", self._log.new_lines):
            print(line, flush=True)

    def _end(self, task: Mapping[str, Any], *, timed_out: bool) -> int:
        container = next((each for each in task.get("containers", []) if each.get("name") == self.choice.image), {})
        exit_code = container.get("exitCode")
        reasons = dict.fromkeys(filter(None, [task.get("stoppedReason", ""), container.get("reason", "")]))
        report = None if exit_code is None else self._report()
        end = ContainerExit(self.choice.image, exit_code, task.get("stopCode", ""), "; ".join(reasons), report)
        if exit_code is None:
            raise Failure(str(end), "ECS's documentation explains its reason.", UNAVAILABLE)
        _say(describe(report) if exit_code == 0 and report else str(end))
        return TRY_AGAIN if timed_out and exit_code == 0 else exit_code

    def _report(self) -> Mapping[str, Any] | None:
        """CloudWatch may show the last line only a moment after the task has stopped."""
        for _ in range(_REPORT_READS):
            self._show()
            if report := last_report(self._log.last):
                return report
            time.sleep(self.choice.deployment.log_seconds)
        return None

    def _stop(self, arn: str | None, reason: str) -> None:
        """Of a task whose start was interrupted, only what it was started by is known."""
        cluster = self.choice.deployment.cluster
        try:
            arns = [arn] if arn else self.ecs.list_tasks(cluster=cluster, startedBy=self.started_by)["taskArns"]
            for task in arns:
                self.ecs.stop_task(cluster=cluster, task=task, reason=reason)
        except (BotoCoreError, ClientError) as error:
            raise Failure(f"The task could not be stopped: {error}.", f"Run: {self._stop_command(arn)}", UNAVAILABLE) from None

    def _stop_command(self, arn: str | None) -> str:
        deployment = self.choice.deployment
        return f"aws ecs stop-task --region {deployment.region} --cluster {deployment.cluster} --task {arn or 'TASK'}"


def _say(sentence: str) -> None:
    """Beside the log, which is on standard output."""
    print(f"paceline: {sentence}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    exit_with(main)
