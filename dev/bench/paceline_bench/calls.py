"""How many calls extract makes, as counted by the sandbox, compared with the fewest possible."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from paceline_local.sandbox import Sandbox
from paceline_local.stack import Stack

from paceline_bench import minimum
from paceline_bench.figure import Figure
from paceline_bench.minimum import AccountContents
from paceline_bench.workbench import Workbench

ACTIVITIES = 600
STREAMS = "activities,activity_details,activity_streams,gear,athlete,athlete_zones"
NEW_GEAR = "g20260001"
WITH_NEW_KUDOS = 25
PER_ACTIVITY = ("/activities/{id}", "/activities/{id}/streams")
OAUTH_PREFIX = "/oauth/"
Calls = dict[str, int]


def measure(bench: Workbench) -> Iterator[Figure]:
    """One run each: calls are counted, not timed."""
    with bench.world(1, ACTIVITIES) as sandbox:
        account = _Account(sandbox, bench.new_stack(sandbox))
        yield _first_import(account)
        yield _daily(account)
        yield _counters(account)


@dataclass(frozen=True)
class _Account:
    """One athlete and the lake with their data."""

    sandbox: Sandbox
    stack: Stack

    @property
    def path(self) -> str:
        return f"athletes/{self.sandbox.control('GET', 'athletes')[0]['id']}"

    def activities(self) -> list[dict[str, Any]]:
        return list(self.sandbox.control("GET", f"{self.path}/activities"))

    def contents(self) -> AccountContents:
        activities = self.activities()
        athlete = self.sandbox.control("GET", f"{self.path}/snapshot?streams=athlete")["data"]
        owned = {gear["id"] for gear in [*athlete["bikes"], *athlete["shoes"]]}
        used = {activity["gear_id"] for activity in activities if activity.get("gear_id")}
        manual = {activity["id"]: bool(activity["manual"]) for activity in activities}
        return AccountContents(manual, frozenset(owned | used))

    def add(self, **fields: Any) -> None:
        self.sandbox.control("POST", f"{self.path}/activities", fields)

    def sync(self) -> tuple[Calls, dict[str, Any]]:
        """The calls of one run by endpoint, and its report. Token refreshes are left out, as Strava does not count them."""
        self.sandbox.control("DELETE", "calls")
        report = self.stack.extract("--streams", STREAMS, "--verify-calls", "0").or_fail("extract")
        counted = self.sandbox.control("GET", "calls")
        return {
            endpoint: sum(by_status.values()) for endpoint, by_status in counted.items() if not endpoint.startswith(OAUTH_PREFIX)
        }, report

    def next_day(self) -> None:
        self.sandbox.control("PUT", "clock", {"advance": "P1D"})


def _first_import(account: _Account) -> Figure:
    contents = account.contents()
    calls, _ = account.sync()
    spent, least = sum(calls.values()), minimum.first_import(contents)
    count, manual, gear = len(contents.manual), sum(contents.manual.values()), len(contents.gear)
    against = (
        f"L(N) + N + (N - manual) + gear + 2 = {minimum.listing(count)} + {count} + {count - manual} + {gear} + 2 = {least} calls"
    )
    return Figure("extract.first_import.calls_over_minimum", spent - least, "calls", against, spent / least)


def _daily(account: _Account) -> Figure:
    """Three days. Extra calls on one day are not offset by fewer on another."""
    over = spent = least = 0
    days = []
    for name, change in _days(account).items():
        before = account.contents()
        account.next_day()
        change()
        needed = minimum.daily(before, account.contents())
        calls, _ = account.sync()
        made = sum(calls.values())
        over += abs(made - needed)
        spent, least = spent + made, least + needed
        days.append(f"{name} {made} of {needed}")
    against = f"L(N) + 1, + 2 per new activity (1 if manual), + 1 per new gear, + 1 per tombstone: {', '.join(days)}"
    return Figure("extract.daily.calls_over_minimum", over, "calls", against, spent / least)


def _days(account: _Account) -> dict[str, Callable[[], None]]:
    def add_three() -> None:
        account.add(name="Easy")
        account.add(name="By hand", manual=True, start_date=_hours_before(account, 4))
        account.add(name="On other shoes", gear_id=NEW_GEAR, start_date=_hours_before(account, 6))

    def delete_oldest() -> None:
        oldest = account.activities()[-1]
        account.sandbox.control("DELETE", f"activities/{oldest['id']}")

    return {"nothing new": lambda: None, "three new": add_three, "one deleted": delete_oldest}


def _hours_before(account: _Account, hours: int) -> str:
    """By the sandbox's clock. No two activities start in the same second."""
    now = datetime.fromisoformat(account.sandbox.control("GET", "clock")["now"])
    return f"{now - timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ}"


def _counters(account: _Account) -> Figure:
    """Two listings that only differ in kudos: the summaries are written, but no detail is fetched again."""
    for activity in account.activities()[:WITH_NEW_KUDOS]:
        account.sandbox.control("PATCH", f"activities/{activity['id']}", {"kudos_count": activity["kudos_count"] + 1})
    calls, report = account.sync()
    again = sum(calls.get(endpoint, 0) for endpoint in PER_ACTIVITY)
    written = report["accounts"][0]["streams"]["activities"]["upserts"]
    against = f"{WITH_NEW_KUDOS} summaries that differ in a counter, of which {written} were written"
    return Figure("extract.counters.details_refetched", again, "calls", against, again / WITH_NEW_KUDOS)
