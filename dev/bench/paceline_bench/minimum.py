"""The fewest calls that bring a lake up to Strava: what no client can do without."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

# A page, of which one row is overlap from the second on.
PAGE = 200
# The athlete; in a first import also the zones.
ATHLETE, ZONES = 1, 1


@dataclass(frozen=True)
class VisibleData:
    """What Strava shows of an athlete: whether each activity was entered by hand, and every gear that is named anywhere."""

    manual: Mapping[int, bool]
    gear: frozenset[str]


def listing(activities: int) -> int:
    """Of activities that start at different seconds, and of which there is at least one."""
    return 2 + math.ceil(max(0, activities - PAGE) / (PAGE - 1))


def first_import(shown: VisibleData) -> int:
    """Summaries, a detail each, streams of what was recorded, gear, athlete and zones."""
    everything = len(shown.manual)
    return listing(everything) + everything + _recorded(shown.manual) + len(shown.gear) + ATHLETE + ZONES


def daily(before: VisibleData, now: VisibleData) -> int:
    """A listing; what is new in it with all that hangs on it; and a question for each that is missing."""
    new = {activity: manual for activity, manual in now.manual.items() if activity not in before.manual}
    gone = before.manual.keys() - now.manual.keys()
    gear = now.gear - before.gear
    return listing(len(now.manual)) + ATHLETE + len(new) + _recorded(new) + len(gear) + len(gone)


def _recorded(activities: Mapping[int, bool]) -> int:
    return sum(not manual for manual in activities.values())
