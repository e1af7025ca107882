"""Types of the fixtures, and the dbt results kept for the summary of `make test`."""

import shutil
from collections.abc import Callable

from paceline_local.paths import ROOT
from paceline_local.stack import Stack
from paceline_local.warehouse import Warehouse

CLOCK = "2026-10-31T05:00:00Z"
NewStack = Callable[..., Stack]
NewDatabase = Callable[[], Warehouse]


def keep_dbt_results(stack: Stack) -> None:
    """Keeps dbt's own counts for the summary."""
    results = ROOT / "results"
    results.mkdir(parents=True, exist_ok=True)
    shutil.copy(stack.variant.folder / "dbt" / "run_results.json", results / "dbt.json")
