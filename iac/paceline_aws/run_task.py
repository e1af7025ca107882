"""`make aws-run`: starts one task of a deployment, follows its log, and ends with the container's exit code.

Ctrl-C stops the task, which gets its time to commit what it has; so does the end of MINUTES.
"""

import os
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from paceline.outcome import ContainerExit
from paceline.report import describe, last_report
from paceline_local.failure import TRY_AGAIN, UNAVAILABLE, Failure, exit_with

from paceline_aws.calls import call_aws, client
from paceline_aws.ecs_task import EcsTask
from paceline_aws.task_choice import VARIABLES, TaskChoice
from paceline_aws.task_log import TaskLog

# How long ECS may not know a task that it has started, and how often the last line is looked for after the end.
_UNKNOWN_SECONDS, _REPORT_READS = 60, 3
_PREFIX = "PACELINE_AWS_"
_REASONS = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html"
_OTHER_CAPACITY = "Try again later, or with CAPACITY=on-demand."
_BEFORE_THE_START = "The task was stopped before its container started."


def main() -> int:
    return run({name: os.environ.get(f"{_PREFIX}{name}", "") for name in VARIABLES})


def run(given: Mapping[str, str]) -> int:
    """By the names of make's variables."""
    choice = TaskChoice.of(given)
    ecs, logs = (client(service, choice.deployment.region) for service in ("ecs", "logs"))
    return TaskRun(choice, EcsTask(ecs, choice.deployment, choice.family, "aws-run"), logs).run()


@dataclass
class TaskRun:
    """One task, from its start to its end."""

    choice: TaskChoice
    task: EcsTask
    logs: Any
    _status: str = field(default="", init=False)

    @cached_property
    def _log(self) -> TaskLog:
        """Once the task has started."""
        return TaskLog(self.logs, self.choice.deployment.log_group, self.task.log_stream(self.choice.image))

    def run(self) -> int:
        """The container's exit code; a Failure if it has none."""
        try:
            self._start()
            if self.choice.detached:
                _say(f"The task runs on by itself. {self.task.how_to_stop()}")
                return 0
            return self._follow()
        except (KeyboardInterrupt, SystemExit):
            self._interrupted()
            raise
        except Failure:
            if self.task.arn and self._status != "STOPPED":
                _say(f"The task runs on. {self.task.how_to_stop()}")
            raise

    def _start(self) -> None:
        arn = self.task.start(self.choice.request(), _OTHER_CAPACITY)
        _say(f"Started {arn}: {' '.join([self.choice.image, *self.choice.command])}")

    def _interrupted(self) -> None:
        """Its last lines are shown; the exit code is that of the interruption."""
        _say("Stopping the task; press Ctrl-C again to leave it stopping.")
        done = self.task.stop("Stopped from the keyboard")
        if self.task.arn:
            try:
                self._follow(interrupted=True)
            except Failure as failure:
                _say(str(failure))
        elif done:
            _say(done)

    def _follow(self, *, interrupted: bool = False) -> int:
        """Shows what is new in its log until it has ended."""
        began, timed_out = time.monotonic(), False
        while True:
            task = self._described(began)
            if task.get("lastStatus", self._status) != self._status:
                self._status = task["lastStatus"]
                _say(f"The task is {self._status.lower()}.")
            self._show()
            if self._status == "STOPPED":
                return self._end(task, timed_out=timed_out)
            if not interrupted and not timed_out and time.monotonic() - began > self.choice.minutes * 60:
                _say(f"Stopping the task after {self.choice.minutes} min. Set MINUTES to allow more.")
                self.task.stop(f"make aws-run gave it {self.choice.minutes} min")
                timed_out = True
            time.sleep(self.choice.deployment.poll_seconds)

    def _described(self, began: float) -> Mapping[str, Any]:
        task = self.task.described()
        if not task and time.monotonic() - began > _UNKNOWN_SECONDS:
            raise Failure(f"ECS does not know its task {self.task.arn}.", f"Its log is {self._where_the_log_is()}.", UNAVAILABLE)
        return task

    def _show(self) -> None:
        for line in call_aws("Reading the log", self._log.new_lines):
            print(line, flush=True)

    def _end(self, task: Mapping[str, Any], *, timed_out: bool) -> int:
        container = next((each for each in task.get("containers", []) if each.get("name") == self.choice.image), {})
        exit_code = container.get("exitCode")
        if exit_code is None and task.get("stopCode") == "UserInitiated" and "startedAt" not in task:
            if timed_out:
                raise Failure(_BEFORE_THE_START, _OTHER_CAPACITY, TRY_AGAIN)
            _say(_BEFORE_THE_START)
            return UNAVAILABLE
        reasons = dict.fromkeys(filter(None, [task.get("stoppedReason", ""), container.get("reason", "")]))
        report = None if exit_code is None else self._report()
        end = ContainerExit(self.choice.image, exit_code, task.get("stopCode", ""), "; ".join(reasons), report)
        if exit_code is None:
            raise Failure(str(end), f"What ECS's reasons mean: {_REASONS}", UNAVAILABLE)
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

    def _where_the_log_is(self) -> str:
        return f"the stream {self.task.log_stream(self.choice.image)} of {self.choice.deployment.log_group} in CloudWatch"


def _say(sentence: str) -> None:
    """Beside the log, which is on standard output."""
    print(f"paceline: {sentence}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    exit_with(main)
