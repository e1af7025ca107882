"""The report of a run: one JSON object, far below 8 KB, on the last line of output; same keys as `extract` and `load`."""

import json
import time
from dataclasses import dataclass, field

from paceline_dbt.exits import Exit
from paceline_dbt.failure import Failure


@dataclass
class Report:
    """Created when the process starts, so its `seconds` include dbt's startup."""

    step: str
    # None until dbt has accepted its arguments; for --help and --version there is no report.
    counts: dict[str, int] | None = None
    _started: float = field(default_factory=time.monotonic)

    def line(self, failure: Failure | None) -> str:
        exit_ = failure.exit if failure else Exit.DONE
        no_counts = dict.fromkeys(("passed", "warned", "failed", "skipped", "tests"), 0)
        error = {"error": failure.to_dict()} if failure else {}
        members = {
            "report": "dbt",
            "step": self.step[:80],
            **(self.counts or no_counts),
            **error,
            "status": exit_.word,
            "exit": int(exit_),
            "seconds": round(time.monotonic() - self._started, 3),
        }
        return json.dumps(members, ensure_ascii=False, separators=(",", ":"))
