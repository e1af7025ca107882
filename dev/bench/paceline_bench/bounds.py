"""The bounds of the figures, defined only here."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bound:
    """A lower or an upper bound, inclusive."""

    limit: float
    at_least: bool = False

    def met_by(self, value: float) -> bool:
        return value >= self.limit if self.at_least else value <= self.limit

    def __str__(self) -> str:
        return f"{'>=' if self.at_least else '<='} {self.limit:g}"


# In the unit of the figure. A figure without a bound is only reported.
BOUNDS = {
    "extract.start_over_java": Bound(10),
    "extract.first_import.calls_over_minimum": Bound(0),
    "extract.daily.calls_over_minimum": Bound(0),
    "extract.counters.details_refetched": Bound(0),
    "extract.summaries.rows_per_s": Bound(500, at_least=True),
    "extract.details.activities_per_s": Bound(60, at_least=True),
    "extract.peak_mb": Bound(256),
    # Peaks differ by some MiB from run to run; the bound ensures that they do not grow with the number of activities.
    "extract.peak_growth_mb": Bound(40),
    "load.stage.over_floor": Bound(1.0),
    "load.check_s": Bound(3),
    "load.publish.over_floor": Bound(1.2),
    "load.publish_wal.over_floor": Bound(1.1),
    "image.extract_mb": Bound(85),
    "image.load_mb": Bound(75),
    "image.extract.start_over_noop_s": Bound(0.25),
    "image.load.start_over_noop_s": Bound(0.25),
}
