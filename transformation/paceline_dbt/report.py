"""What a run did: one JSON object, far below 8 KB, the last line of standard output, in the arguments of `extract` and `load`."""

import json
import time
from dataclasses import dataclass, field

from paceline_dbt.exits import Exit
from paceline_dbt.failure import Failure


@dataclass
class Report:
    """Begun with the process, so that its `seconds` hold dbt's own start."""

    step: str
    # None until dbt has understood its arguments: asked for its help or version, it reports nothing.
    counts: dict[str, int] | None = None
    _began: float = field(default_factory=time.monotonic)

    def line(self, failure: Failure | None) -> str:
        ended = failure.exit if failure else Exit.DONE
        nothing = dict.fromkeys(("passed", "warned", "failed", "skipped", "tests"), 0)
        error = {"error": failure.to_dict()} if failure else {}
        members = {
            "report": "dbt",
            "step": self.step[:80],
            **(self.counts or nothing),
            **error,
            "status": ended.word,
            "exit": int(ended),
            "seconds": round(time.monotonic() - self._began, 3),
        }
        return json.dumps(members, ensure_ascii=False, separators=(",", ":"))
