"""One model, test or source of a run, and how it ended."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from paceline_dbt.dbt_failures import dbt_failure
from paceline_dbt.exits import Exit
from paceline_dbt.failure import Failure, clause

_OUTCOMES = {"success": "passed", "pass": "passed", "no-op": "passed", "warn": "warned", "skipped": "skipped"}
_DOING = {"model": "Building", "test": "Testing", "unit_test": "Testing", "source": "Checking the freshness of"}


@dataclass(frozen=True)
class Node:
    """`thrown` is the exception that ended it, if any: a failing test and a stale source raise none."""

    unique_id: str
    kind: str
    status: str
    message: str
    thrown: BaseException | None

    @staticmethod
    def of(info: Any, result: Any, thrown: Callable[[str], BaseException | None]) -> "Node":
        """Built from dbt's event NodeFinished."""
        return Node(info.unique_id, info.resource_type, result.status, result.message, thrown(info.unique_id))

    @property
    def name(self) -> str:
        """For example `fact_activity`, or `strava.activities` for a table of a source."""
        _, _, *names = self.unique_id.split(".")
        return names[0] if self.kind == "test" else ".".join(names)

    @property
    def is_test(self) -> bool:
        return self.kind in ("test", "unit_test")

    @property
    def outcome(self) -> str:
        return _OUTCOMES.get(self.status, "failed")

    def failure(self) -> Failure | None:
        if self.outcome != "failed":
            return None
        doing = f"{_DOING.get(self.kind, 'Running')} {self.name}"
        if self.thrown:
            return dbt_failure(self.thrown, doing)
        if self.kind == "test":
            remedy = f"see the rows with `python -m paceline_dbt show --select {self.name}`"
            return Failure(Exit.UNUSABLE, doing, clause(self.message), remedy)
        if self.kind == "unit_test":
            return Failure(Exit.UNUSABLE, doing, clause(self.message), "correct the model, or what the test expects")
        if self.kind == "source":
            return Failure(Exit.UNUSABLE, doing, "the data is older than its freshness allows", "run extract and load")
        return Failure(Exit.BUG, doing, clause(self.message or self.status), "read dbt's output above")
