"""One container from its start to its end, with a thread that reads what it says."""

import logging
import threading
from collections.abc import Callable
from contextlib import ExitStack

from paceline_local.ecs.container_definitions import ContainerDefinition
from paceline_local.ecs.container_log import ContainerLog
from paceline_local.ecs.containers import Container

_logger = logging.getLogger(__name__)


class ContainerRun:
    """Begun with a container that runs; calls `at_end` when nothing of it is left."""

    def __init__(
        self, definition: ContainerDefinition, container: Container, log: ContainerLog, at_end: Callable[["ContainerRun"], None]
    ) -> None:
        self.definition = definition
        self.log = log
        self.exit_code: int | None = None
        self.lost: str | None = None
        self._container = container
        self._at_end = at_end
        self._killed = False

    def begin(self) -> None:
        threading.Thread(target=self._follow, name=f"container-{self.definition.name}", daemon=True).start()

    def terminate(self) -> None:
        self._container.terminate()

    def seconds_until_kill(self, waited: float, grace: float | None) -> float | None:
        """None where it has been killed: only its end is left to wait for."""
        patience = self.definition.stop_timeout if grace is None else min(grace, self.definition.stop_timeout)
        return None if self._killed else max(0, patience - waited)

    def kill(self) -> None:
        self._killed = True
        self._container.kill()

    def _follow(self) -> None:
        """However it comes to its end; a failure of ours, as a full disk, ends it too and is told as its reason."""
        try:
            with ExitStack() as closing:
                closing.callback(self._container.remove)
                closing.enter_context(self.log)
                for chunk in self._container.output():
                    self.log.write(chunk)
                self.exit_code = self._container.wait()
        except Exception as why:
            _logger.exception("The container %s was lost; it is ended.", self.definition.name)
            self.lost = f"CannotInspectContainerError: {why}"
        self._at_end(self)
