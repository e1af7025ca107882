"""One measured figure, and how figures are printed."""

import json
import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from paceline_local.months import table

from paceline_bench.bounds import BOUNDS


@dataclass(frozen=True)
class Figure:
    """`value` in `unit`; `ratio` is the value divided by that of `against`, measured in the same run."""

    name: str
    value: float
    unit: str
    against: str
    ratio: float

    def line(self) -> str:
        return json.dumps({**asdict(self), "value": _short(self.value), "ratio": _short(self.ratio)})


def table_lines(figures: Sequence[Figure]) -> list[str]:
    """A table; a figure that misses its bound is marked."""
    rows = [(f.name, f"{_short(f.value):,}", _bound(f), f.unit, f"{_short(f.ratio):,}", f.against) for f in figures]
    return table(("figure", "value", "bound", "unit", "ratio", "against"), rows)


def median(runs: int, measure: Callable[[], float]) -> float:
    return statistics.median(measure() for _ in range(runs))


def _bound(figure: Figure) -> str:
    bound = BOUNDS.get(figure.name)
    if bound is None:
        return "-"
    return str(bound) if bound.met_by(figure.value) else f"{bound} MISSED"


def _short(value: float) -> float:
    """Three significant digits: more would be noise."""
    digits = 3 - math.ceil(math.log10(abs(value))) if value else 0
    short = round(value, digits)
    return int(short) if digits <= 0 else short
