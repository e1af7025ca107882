"""Notifies the program that started the endpoint when a task starts and ends, e.g. to print it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class TaskInfo:
    """A task, represented by its first essential container. The last three fields are known once it has ended.

    `command` is what follows the entry point. A container that never started has no exit code and no log file.
    """

    family: str
    task_id: str
    started_by: str | None
    container: str
    command: list[str]
    log: Path
    exit_code: int | None = None
    reason: str = ""
    last_line: str = ""


@dataclass(frozen=True)
class Started:
    """Its containers are about to start. Each task has exactly one Started and one Ended event."""

    task: TaskInfo


@dataclass(frozen=True)
class Ended:
    """Nothing of it runs any more. DescribeTasks shows that once this event has been handled."""

    task: TaskInfo


Watch = Callable[[Started | Ended], None]


def notify(watch: Watch | None, event: Started | Ended) -> None:
    """A watch that raises does not affect the task; its stack trace goes to the endpoint's log."""
    if watch is None:
        return
    try:
        watch(event)
    except Exception:
        _logger.exception("The watch failed on %s of task %s.", type(event).__name__, event.task.task_id)
