"""What a run cost, as the sandbox counted it: `{"/activities/{id}": 40}`."""

import math
from typing import Any

from paceline_local.stack import Stack

Calls = dict[str, int]
LISTING = "/athlete/activities"
DETAIL = "/activities/{id}"
STREAMS = "/activities/{id}/streams"
GEAR = "/gear/{id}"
TOO_MANY = "429"


def forget_calls(stack: Stack) -> None:
    stack.sandbox.control("DELETE", "calls")


def calls(stack: Stack, status: str | None = None) -> Calls:
    """Those below /api/v3 since they were last forgotten, all or with one status."""
    counted = stack.sandbox.control("GET", "calls")
    sums = {
        endpoint: sum(number for answer, number in answers.items() if status in (None, answer))
        for endpoint, answers in counted.items()
        if not endpoint.startswith("/oauth")
    }
    return {endpoint: number for endpoint, number in sums.items() if number}


def total(counted: Calls) -> int:
    return sum(counted.values())


def reported_calls(report: dict[str, Any]) -> Calls:
    """The same by the report's word, all accounts together; it names a path's values in full."""
    sums: Calls = {}
    for account in report["accounts"]:
        for endpoint, number in account["calls"].items():
            name = endpoint.replace("{athlete.id}", "{id}")
            sums[name] = sums.get(name, 0) + number
    return sums


def listing_calls(activities: int) -> int:
    """The fewest calls that prove a listing of so many whole, 200 a page with one of overlap."""
    return 2 + math.ceil(max(0, activities - 200) / 199)
