"""The API calls of a run, as counted by the sandbox: `{"/activities/{id}": 40}`."""

import math
from typing import Any

from paceline_local.sandbox import Sandbox
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
    """The calls below /api/v3 since `forget_calls`, either all or those with one status."""
    counted = stack.sandbox.control("GET", "calls")
    sums = {
        endpoint: sum(number for each, number in by_status.items() if status in (None, each))
        for endpoint, by_status in counted.items()
        if not endpoint.startswith("/oauth")
    }
    return {endpoint: number for endpoint, number in sums.items() if number}


def hold(sandbox: Sandbox, endpoint: str | None = None, after: int = 0) -> None:
    """Leaves further calls without a response until `release`, or until the caller gives up."""
    sandbox.control("POST", "faults", {"kind": "hold", "endpoint": endpoint, "after": after})


def release(sandbox: Sandbox) -> None:
    sandbox.control("DELETE", "faults")


def is_held(sandbox: Sandbox) -> bool:
    """Whether a call waits, or has waited, because of `hold`. False if the sandbox is not up yet."""
    return sandbox.is_ready() and any(fault["happened"] for fault in sandbox.control("GET", "faults"))


def total(counted: Calls) -> int:
    return sum(counted.values())


def reported_calls(report: dict[str, Any]) -> Calls:
    """The calls according to the report, summed over all accounts; it writes {athlete.id} where the sandbox counts {id}."""
    sums: Calls = {}
    for account in report["accounts"]:
        for endpoint, number in account["calls"].items():
            name = endpoint.replace("{athlete.id}", "{id}")
            sums[name] = sums.get(name, 0) + number
    return sums


def listing_calls(activities: int) -> int:
    """The fewest calls that prove a listing complete, with pages of 200 that overlap by one."""
    return 2 + math.ceil(max(0, activities - 200) / 199)
