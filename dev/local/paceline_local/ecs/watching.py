"""Tells whoever started the endpoint what its tasks do, e.g. to print it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class WatchedTask:
    """A task by its first essential container; the last three members are known when it has ended.

    `command` is what follows the entry point. A container that never started has no exit code, and its log is no file.
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
    """Its containers are about to start. Each task is told once to have started, and once to have ended."""

    task: WatchedTask


@dataclass(frozen=True)
class Ended:
    """Nothing of it runs; DescribeTasks will say so as soon as this has been told."""

    task: WatchedTask


Watch = Callable[[Started | Ended], None]


def tell(watch: Watch | None, event: Started | Ended) -> None:
    """A watch that fails takes nothing from the task; its trace is on the endpoint's log."""
    if watch is None:
        return
    try:
        watch(event)
    except Exception:
        _logger.exception("The watch failed on %s of task %s.", type(event).__name__, event.task.task_id)
