"""What is seen of a run through dbt's events: dbt's results hold a failure as text alone, its events know the exception."""

import sys
import threading

from dbt_common.events.base_types import EventMsg
from dbt_common.events.event_manager_client import get_event_manager

from paceline_dbt.dbt_failures import dbt_failure
from paceline_dbt.exits import Exit
from paceline_dbt.failure import Failure
from paceline_dbt.node import Node
from paceline_dbt.stop import Stop

# Told inside the `except` that caught it, with the node it ended.
_EXCEPTION_EVENTS = ("CatchableExceptionOnRun", "GenericExceptionOnRun", "InternalErrorOnRun")


class EventCollector:
    """dbt calls `see` with each of its events, from the thread where it happens."""

    def __init__(self, stop: Stop) -> None:
        self._stop = stop
        self.began = False
        self.command = ""
        self.trace_printed = False
        self.nodes: dict[str, Node] = {}
        self._thrown: dict[str, BaseException] = {}

    def collect(self, event: EventMsg) -> None:
        self.began = True
        self._insist_on_a_stop()
        name = event.info.name
        if name in _EXCEPTION_EVENTS and (thrown := sys.exception()):
            self._thrown[event.data.node_info.unique_id] = thrown
        elif name == "NodeFinished" and not self._stop.requested_by:  # else it was cancelled
            node = Node.of(event.data.node_info, event.data.run_result, self._thrown.get)
            self.nodes[node.unique_id] = node
        elif name == "MainEncounteredError":
            self._keep_the_trace_of_a_bug_only()
        elif name == "MainStackTrace":
            self.trace_printed = True
        elif name == "CommandCompleted":
            self.command = event.data.command.partition(" ")[2]  # behind the program's name

    def failures(self) -> list[Failure]:
        return [failure for node in self.nodes.values() if (failure := node.failure())]

    def counts(self) -> dict[str, int]:
        """Models count as much as tests; `tests` are those among them that ran."""
        outcomes = [node.outcome for node in self.nodes.values()]
        counts = {outcome: outcomes.count(outcome) for outcome in ("passed", "warned", "failed", "skipped")}
        return {**counts, "tests": sum(node.is_test and node.outcome != "skipped" for node in self.nodes.values())}

    def _insist_on_a_stop(self) -> None:
        """What dbt reads its manifest with catches any exception, and would go on. Only the main thread unwinds."""
        if self._stop.requested_by and not sys.exception() and threading.current_thread() is threading.main_thread():
            self._stop.unwind()

    def _keep_the_trace_of_a_bug_only(self) -> None:
        """dbt has told the error, and would tell the trace of every exception next that is not its own."""
        error = sys.exception()
        if error and (self._stop.requested_by or dbt_failure(error).exit is not Exit.BUG):
            get_event_manager().loggers.clear()
