"""The bounds that the product is held to: the one place that knows them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bound:
    """At least, or at most, so much; both ends belong to it."""

    limit: float
    at_least: bool = False

    def met_by(self, value: float) -> bool:
        return value >= self.limit if self.at_least else value <= self.limit

    def __str__(self) -> str:
        return f"{'>=' if self.at_least else '<='} {self.limit:g}"


# In the unit of the figure. What is missing here is told, and nothing is wanted of it.
BOUNDS = {
    "extract.start_over_java": Bound(10),
    "extract.first_import.calls_over_minimum": Bound(0),
    "extract.daily.calls_over_minimum": Bound(0),
    "extract.counters.details_refetched": Bound(0),
    "extract.summaries.rows_per_s": Bound(500, at_least=True),
    "extract.details.activities_per_s": Bound(60, at_least=True),
    "extract.peak_mb": Bound(256),
    # A peak differs by some MiB from run to run: what is wanted is that it does not follow the number of activities.
    "extract.peak_growth_mb": Bound(40),
}
