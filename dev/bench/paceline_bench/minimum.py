"""The fewest calls that bring a lake up to date with Strava."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

# A page; from the second on, one row overlaps with the page before.
PAGE = 200
# The athlete, and in a first import the zones.
ATHLETE, ZONES = 1, 1


@dataclass(frozen=True)
class AccountContents:
    """What Strava shows of an athlete: whether each activity was entered by hand, and all gear that is mentioned anywhere."""

    manual: Mapping[int, bool]
    gear: frozenset[str]


def listing(activities: int) -> int:
    """For at least one activity, and start times that differ by at least a second."""
    return 2 + math.ceil(max(0, activities - PAGE) / (PAGE - 1))


def first_import(contents: AccountContents) -> int:
    """Summaries, a detail each, streams of what was recorded, gear, athlete and zones."""
    everything = len(contents.manual)
    return listing(everything) + everything + _recorded(contents.manual) + len(contents.gear) + ATHLETE + ZONES


def daily(before: AccountContents, now: AccountContents) -> int:
    """A listing, what is new in it with everything that depends on it, and one call for each missing activity."""
    new = {activity: manual for activity, manual in now.manual.items() if activity not in before.manual}
    gone = before.manual.keys() - now.manual.keys()
    gear = now.gear - before.gear
    return listing(len(now.manual)) + ATHLETE + len(new) + _recorded(new) + len(gear) + len(gone)


def _recorded(activities: Mapping[int, bool]) -> int:
    return sum(not manual for manual in activities.values())
