"""One container from start to end, with a thread that reads its output."""

import logging
import threading
from collections.abc import Callable
from contextlib import ExitStack

from paceline_local.ecs.container_definitions import ContainerDefinition
from paceline_local.ecs.container_log import ContainerLog
from paceline_local.ecs.containers import Container

_logger = logging.getLogger(__name__)


class ContainerRun:
    """Follows a container that has been started; calls `at_end` once it is gone."""

    def __init__(
        self, definition: ContainerDefinition, container: Container, log: ContainerLog, at_end: Callable[["ContainerRun"], None]
    ) -> None:
        self.definition = definition
        self.log = log
        self.exit_code: int | None = None
        self.failure: str | None = None
        self._container = container
        self._at_end = at_end
        self._killed = False

    def begin(self) -> None:
        threading.Thread(target=self._follow, name=f"container-{self.definition.name}", daemon=True).start()

    def terminate(self) -> None:
        self._container.terminate()

    def seconds_until_kill(self, waited: float, grace: float | None) -> float | None:
        """None once it has been killed: all that is left is to wait for its end."""
        timeout = self.definition.stop_timeout if grace is None else min(grace, self.definition.stop_timeout)
        return None if self._killed else max(0, timeout - waited)

    def kill(self) -> None:
        self._killed = True
        self._container.kill()

    def _follow(self) -> None:
        """Reads until it ends. A failure of ours, such as a full disk, ends it too and becomes its reason."""
        try:
            with ExitStack() as closing:
                closing.callback(self._container.remove)
                closing.enter_context(self.log)
                for chunk in self._container.output():
                    self.log.write(chunk)
                self.exit_code = self._container.wait()
        except Exception as error:
            _logger.exception("Following the container %s failed; it is killed.", self.definition.name)
            self.failure = f"CannotInspectContainerError: {error}"
        self._at_end(self)
