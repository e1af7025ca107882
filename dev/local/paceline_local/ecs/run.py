"""One task from start to end: starts its containers, and ends all of them together."""

import threading
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from paceline_local.ecs.container_definitions import ContainerDefinition
from paceline_local.ecs.container_log import log_file, open_log
from paceline_local.ecs.container_run import ContainerRun
from paceline_local.ecs.container_spec import container_spec
from paceline_local.ecs.containers import CannotStart, ContainerSpec, Runner
from paceline_local.ecs.overrides import Override
from paceline_local.ecs.secrets import Secrets
from paceline_local.ecs.streams import Streams
from paceline_local.ecs.task_events import Ended, Started, TaskInfo, Watch, notify
from paceline_local.ecs.tasks import Task


@dataclass(frozen=True)
class RunContext:
    """What every run needs from its endpoint."""

    runner: Runner
    secrets: Secrets
    streams: Streams
    logs: Path
    watch: Watch | None


class Run:
    """Has its own thread, so RunTask returns immediately."""

    def __init__(self, task: Task, overrides: Mapping[str, Override], context: RunContext) -> None:
        self.task = task
        self._overrides = overrides
        self._context = context
        self._changed = threading.Condition()
        self._containers: list[ContainerRun] = []
        self._ended: set[ContainerRun] = set()
        self._grace: float | None = None
        # Not thread.join(): if a signal interrupts that, Python 3.12 considers the thread ended.
        self._over = threading.Event()

    def begin(self) -> None:
        threading.Thread(target=self._run, name=f"task-{self.task.task_id}", daemon=True).start()

    def stop(self, reason: str, grace: float | None = None) -> None:
        """SIGTERM to each container, then SIGKILL after its stopTimeout, or after `grace` seconds if that is shorter."""
        self.task.mark_stopping("UserInitiated", reason)
        with self._changed:
            self._grace = self._grace if grace is None else grace
            self._changed.notify_all()

    def has_ended_within(self, seconds: float) -> bool:
        return self._over.wait(seconds)

    def _run(self) -> None:
        with ExitStack() as closing:
            closing.callback(self._over.set)
            closing.callback(self._close)
            closing.callback(self._end_containers)
            # Takes effect only if no other reason was set: this thread failed, and its stack trace is on standard error.
            closing.callback(self.task.mark_stopping, "TaskFailedToStart", "ServerException: the endpoint failed; see its log")
            notify(self._context.watch, Started(self._task_info()))
            if self._start_containers():
                self.task.mark_running()
                with self._changed:
                    self._changed.wait_for(self._should_end)

    def _start_containers(self) -> bool:
        """False if one could not be started, or the task was stopped first."""
        try:
            specs = [(container, self._spec(container)) for container in self.task.request.definition.containers]
            for definition, spec in specs:
                if self._should_end():
                    return False
                self._start(definition, spec)
        except CannotStart as error:
            self.task.mark_stopping("TaskFailedToStart", str(error))
            return False
        return True

    def _spec(self, definition: ContainerDefinition) -> ContainerSpec:
        context = self._context
        return container_spec(definition, self._override(definition), context.secrets, self.task.task_id, context.logs)

    def _start(self, definition: ContainerDefinition, spec: ContainerSpec) -> None:
        try:
            container = self._context.runner.start(spec)
            try:
                log = open_log(self._context.logs, self._context.streams, definition, self.task.task_id)
                running = ContainerRun(definition, container, log, self._container_ended)
                self.task.mark_container_started(definition.name)
                running.begin()
            except (OSError, RuntimeError) as error:  # no file, or no thread
                container.remove()
                raise CannotStart("CannotStartContainerError", f"its log cannot be kept: {error}") from error
        except CannotStart as error:
            self.task.mark_container_ended(definition.name, None, str(error))
            raise
        self._containers.append(running)

    def _container_ended(self, running: ContainerRun) -> None:
        self.task.mark_container_ended(running.definition.name, running.exit_code, running.failure)
        if running.definition.essential:
            self.task.mark_stopping("EssentialContainerExited", "Essential container in task exited")
        with self._changed:
            self._ended.add(running)
            self._changed.notify_all()

    def _end_containers(self) -> None:
        stopped_at = time.monotonic()
        for running in self._alive():
            running.terminate()
        with self._changed:
            while alive := self._alive():
                waited = time.monotonic() - stopped_at
                left = {running: running.seconds_until_kill(waited, self._grace) for running in alive}
                overdue = [running for running, seconds in left.items() if seconds == 0]
                for running in overdue:
                    running.kill()
                if not overdue:
                    self._changed.wait(min((seconds for seconds in left.values() if seconds is not None), default=None))

    def _close(self) -> None:
        notify(self._context.watch, Ended(self._task_info()))
        self.task.mark_stopped()

    def _should_end(self) -> bool:
        return self.task.desired == "STOPPED"

    def _alive(self) -> list[ContainerRun]:
        return [running for running in self._containers if running not in self._ended]

    def _override(self, definition: ContainerDefinition) -> Override:
        return self._overrides.get(definition.name, Override())

    def _task_info(self) -> TaskInfo:
        request = self.task.request
        first = next(container for container in request.definition.containers if container.essential)
        return TaskInfo(
            family=request.definition.family,
            task_id=self.task.task_id,
            started_by=request.started_by,
            container=first.name,
            command=list(self._override(first).command or first.command),
            log=log_file(self._context.logs, first, self.task.task_id),
            exit_code=self.task.exit_code(first.name),
            reason=self.task.stopped_reason,
            last_line="".join(running.log.last_line for running in self._containers if running.definition is first),
        )
