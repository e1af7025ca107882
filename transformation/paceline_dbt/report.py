"""The report of a run: one JSON object, far below 8 KB, on the last line of output; same keys as `extract` and `load`."""

import json
import time
from dataclasses import dataclass, field

from paceline_dbt.exits import Exit
from paceline_dbt.failure import Failure, shortened

_DROPPED_SHOWN = 3


@dataclass
class Report:
    """Created when the process starts, so its `seconds` include dbt's startup."""

    step: str
    # None until dbt has accepted its arguments; for --help and --version there is no report.
    counts: dict[str, int] | None = None
    # What models had to drop, one text for each table, view or group of columns.
    dropped: list[str] = field(default_factory=list)
    _started: float = field(default_factory=time.monotonic)

    def line(self, failure: Failure | None) -> str:
        exit_ = failure.exit if failure else Exit.DONE
        no_counts = dict.fromkeys(("passed", "warned", "failed", "skipped", "tests"), 0)
        error = {"error": failure.to_dict()} if failure else {}
        members = {
            "report": "dbt",
            "step": self.step[:80],
            **(self.counts or no_counts),
            **self._dropped(),
            **error,
            "status": exit_.word,
            "exit": int(exit_),
            "seconds": round(time.monotonic() - self._started, 3),
        }
        return json.dumps(members, ensure_ascii=False, separators=(",", ":"))

    def _dropped(self) -> dict[str, list[str]]:
        """The first few, each shortened; dbt's own output has all of them."""
        if not self.dropped:
            return {}
        others = len(self.dropped) - _DROPPED_SHOWN
        more = [f"and {others} more, see dbt's output"] if others > 0 else []
        return {"dropped": [*(shortened(what) for what in self.dropped[:_DROPPED_SHOWN]), *more]}
