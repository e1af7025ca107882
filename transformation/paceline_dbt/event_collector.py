"""Collects dbt's events of a run: dbt's results contain a failure only as text, while its events have the exception."""

import sys
import threading

from dbt_common.events.base_types import EventMsg
from dbt_common.events.contextvars import get_node_info
from dbt_common.events.event_manager_client import get_event_manager

from paceline_dbt.dbt_failures import dbt_failure
from paceline_dbt.exits import Exit
from paceline_dbt.failure import Failure
from paceline_dbt.node import Node
from paceline_dbt.stop import Stop

# Fired inside the `except` that caught the exception, with the node that it ended.
_EXCEPTION_EVENTS = ("CatchableExceptionOnRun", "GenericExceptionOnRun", "InternalErrorOnRun")
# How the macro `announce` begins; it warns in the transaction that drops, so the drop happened if the model was built.
_ANNOUNCEMENT = "Dropping "


class EventCollector:
    """dbt calls `collect` with each of its events, in the thread where it happens."""

    def __init__(self, stop: Stop) -> None:
        self._stop = stop
        self.started = False
        self.command = ""
        self.trace_printed = False
        self.nodes: dict[str, Node] = {}
        self._thrown: dict[str, BaseException] = {}
        self._announced: list[tuple[str, str]] = []

    def collect(self, event: EventMsg) -> None:
        self.started = True
        self._stop_if_requested()
        name = event.info.name
        if name in _EXCEPTION_EVENTS and (thrown := sys.exception()):
            self._thrown[event.data.node_info.unique_id] = thrown
        elif name == "NodeFinished" and not self._stop.requested_by:  # after a stop, the node was cancelled
            node = Node.of(event.data.node_info, event.data.run_result, self._thrown.get)
            self.nodes[node.unique_id] = node
        elif name == "JinjaLogWarning" and event.data.msg.startswith(_ANNOUNCEMENT):
            self._announced.append((get_node_info().get("unique_id", ""), event.data.msg.removeprefix(_ANNOUNCEMENT)))
        elif name == "MainEncounteredError":
            self._suppress_trace_unless_bug()
        elif name == "MainStackTrace":
            self.trace_printed = True
        elif name == "CommandCompleted":
            self.command = event.data.command.partition(" ")[2]  # without the program's name

    def failures(self) -> list[Failure]:
        return [failure for node in self.nodes.values() if (failure := node.failure())]

    def dropped(self) -> list[str]:
        """What had to be dropped of what others attached to a model, and what was dropped with it."""
        built = {node.unique_id for node in self.nodes.values() if node.outcome == "passed"}
        return [what for unique_id, what in self._announced if unique_id in built]

    def counts(self) -> dict[str, int]:
        """Models and tests by outcome; `tests` is the number of tests that ran."""
        outcomes = [node.outcome for node in self.nodes.values()]
        counts = {outcome: outcomes.count(outcome) for outcome in ("passed", "warned", "failed", "skipped")}
        return {**counts, "tests": sum(node.is_test and node.outcome != "skipped" for node in self.nodes.values())}

    def _stop_if_requested(self) -> None:
        """Stops again if dbt swallowed the first stop: its manifest reader catches every exception. Main thread only."""
        if self._stop.requested_by and not sys.exception() and threading.current_thread() is threading.main_thread():
            self._stop.unwind()

    def _suppress_trace_unless_bug(self) -> None:
        """dbt has printed the error and would now print the trace of any exception that is not its own, bug or not."""
        error = sys.exception()
        if error and (self._stop.requested_by or dbt_failure(error).exit is not Exit.BUG):
            get_event_manager().loggers.clear()
