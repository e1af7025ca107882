"""One task from its start to its end: starts its containers, and ends them all together."""

import threading
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from paceline_local.ecs.container_definitions import ContainerDefinition
from paceline_local.ecs.container_log import log_file, open_log
from paceline_local.ecs.container_run import ContainerRun
from paceline_local.ecs.containers import CannotStart, Launch, Runner
from paceline_local.ecs.launches import launch
from paceline_local.ecs.overrides import Override
from paceline_local.ecs.secrets import Secrets
from paceline_local.ecs.streams import Streams
from paceline_local.ecs.tasks import Task
from paceline_local.ecs.watching import Ended, Started, Watch, WatchedTask, tell


@dataclass(frozen=True)
class Means:
    """What every run needs of its endpoint."""

    runner: Runner
    secrets: Secrets
    streams: Streams
    logs: Path
    watch: Watch | None


class Run:
    """Lives on a thread of its own, so that RunTask answers at once."""

    def __init__(self, task: Task, overrides: Mapping[str, Override], means: Means) -> None:
        self.task = task
        self._overrides = overrides
        self._means = means
        self._changed = threading.Condition()
        self._containers: list[ContainerRun] = []
        self._ended: set[ContainerRun] = set()
        self._grace: float | None = None
        # Not the thread's own join: where a signal interrupts that, Python 3.12 takes the thread for ended.
        self._over = threading.Event()

    def begin(self) -> None:
        threading.Thread(target=self._live, name=f"task-{self.task.task_id}", daemon=True).start()

    def stop(self, reason: str, grace: float | None = None) -> None:
        """SIGTERM to each container, SIGKILL after its stopTimeout, or after `grace` seconds where that is shorter."""
        self.task.stopping("UserInitiated", reason)
        with self._changed:
            self._grace = self._grace if grace is None else grace
            self._changed.notify_all()

    def has_ended_within(self, seconds: float) -> bool:
        return self._over.wait(seconds)

    def _live(self) -> None:
        with ExitStack() as closing:
            closing.callback(self._over.set)
            closing.callback(self._close)
            closing.callback(self._end_containers)
            # Heard only where nothing else was said: then this thread failed, and its trace is on standard error.
            closing.callback(self.task.stopping, "TaskFailedToStart", "ServerException: the endpoint failed; see its log")
            tell(self._means.watch, Started(self._watched()))
            if self._start_containers():
                self.task.running()
                with self._changed:
                    self._changed.wait_for(self._should_end)

    def _start_containers(self) -> bool:
        """False where one could not be started, or the task was stopped before."""
        try:
            launches = [(container, self._launch(container)) for container in self.task.asked.definition.containers]
            for definition, asked in launches:
                if self._should_end():
                    return False
                self._start(definition, asked)
        except CannotStart as why:
            self.task.stopping("TaskFailedToStart", str(why))
            return False
        return True

    def _launch(self, definition: ContainerDefinition) -> Launch:
        return launch(definition, self._override(definition), self._means.secrets, self.task.task_id)

    def _start(self, definition: ContainerDefinition, asked: Launch) -> None:
        try:
            container = self._means.runner.start(asked)
            try:
                log = open_log(self._means.logs, self._means.streams, definition, self.task.task_id)
                running = ContainerRun(definition, container, log, self._container_ended)
                self.task.container_started(definition.name)
                running.begin()
            except (OSError, RuntimeError) as why:  # no file, or no thread
                container.remove()
                raise CannotStart("CannotStartContainerError", f"its log cannot be kept: {why}") from why
        except CannotStart as why:
            self.task.container_ended(definition.name, None, str(why))
            raise
        self._containers.append(running)

    def _container_ended(self, running: ContainerRun) -> None:
        self.task.container_ended(running.definition.name, running.exit_code, running.lost)
        if running.definition.essential:
            self.task.stopping("EssentialContainerExited", "Essential container in task exited")
        with self._changed:
            self._ended.add(running)
            self._changed.notify_all()

    def _end_containers(self) -> None:
        asked_at = time.monotonic()
        for running in self._alive():
            running.terminate()
        with self._changed:
            while alive := self._alive():
                waited = time.monotonic() - asked_at
                left = {running: running.seconds_until_kill(waited, self._grace) for running in alive}
                overdue = [running for running, seconds in left.items() if seconds == 0]
                for running in overdue:
                    running.kill()
                if not overdue:
                    self._changed.wait(min((seconds for seconds in left.values() if seconds is not None), default=None))

    def _close(self) -> None:
        tell(self._means.watch, Ended(self._watched()))
        self.task.stopped()

    def _should_end(self) -> bool:
        return self.task.desired == "STOPPED"

    def _alive(self) -> list[ContainerRun]:
        return [running for running in self._containers if running not in self._ended]

    def _override(self, definition: ContainerDefinition) -> Override:
        return self._overrides.get(definition.name, Override())

    def _watched(self) -> WatchedTask:
        asked = self.task.asked
        first = next(container for container in asked.definition.containers if container.essential)
        return WatchedTask(
            family=asked.definition.family,
            task_id=self.task.task_id,
            started_by=asked.started_by,
            container=first.name,
            command=list(self._override(first).command or first.command),
            log=log_file(self._means.logs, first, self.task.task_id),
            exit_code=self.task.exit_code(first.name),
            reason=self.task.stopped_reason,
            last_line="".join(running.log.last_line for running in self._containers if running.definition is first),
        )
