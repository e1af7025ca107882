"""Athletes who share a sandbox, each with their own lake, token and runs: starting a sandbox takes longer than most tests."""

import json
import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from calls import Calls, calls, forget_calls, reported_calls
from paceline_local.commands import Outcome
from paceline_local.paths import Variant
from paceline_local.stack import SOURCE, Stack
from paceline_local.tokens import put_first_token
from snapshots import Snapshot, lake_snapshot, source_snapshot

# What each athlete has at first.
ACTIVITIES = 12
OPTED_IN = "--streams=+kudos,+comments,+photos"
NO_VERIFICATION = ("--verify-calls", "0")


@dataclass(frozen=True)
class Athlete:
    """One athlete of the sandbox, with a stack whose runs read only this account."""

    stack: Stack
    account: str
    id: int

    def extract(self, *arguments: str, **env: str) -> Outcome:
        return self.stack.extract(*arguments, **{"PACELINE_STRAVA_ACCOUNTS": self.account, **env})

    def run(self, *arguments: str) -> Calls:
        """Runs extract, which must succeed, and returns the calls it made; its report must list the same calls."""
        forget_calls(self.stack)
        report = self.extract(*arguments).or_fail("extract")
        counted = calls(self.stack)
        assert reported_calls(report) == counted
        return counted

    def control(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        return self.stack.sandbox.control(method, path, body)

    def activities(self) -> dict[int, dict[str, Any]]:
        """As the source lists them, newest first."""
        listed = self.control("GET", f"athletes/{self.id}/activities")
        return {activity["id"]: activity for activity in listed}

    def add(self, **fields: Any) -> int:
        return int(self.control("POST", f"athletes/{self.id}/activities", fields)["id"])

    def edit(self, activity: int, **fields: Any) -> None:
        self.control("PATCH", f"activities/{activity}", fields)

    def delete(self, activity: int) -> None:
        self.control("DELETE", f"activities/{activity}")

    def consent(self, *scopes: str) -> None:
        """What `extract authorize` leaves behind if the athlete ticked the boxes of these scopes."""
        self.control("PUT", f"athletes/{self.id}/scopes", {"scopes": scopes})
        refresh_token = self.stack.athletes()[self.account]["refresh_token"]
        token = self.stack.variant.tokens / f"{SOURCE}-{self.account}.json"
        token.write_text(json.dumps({"refresh_token": refresh_token, "scope": ",".join(scopes)}))

    def lake(self) -> Snapshot:
        return lake_snapshot(self.stack, self.account)

    def source(self, *streams: str) -> Snapshot:
        return source_snapshot(self.stack, self.account, *streams)


class AthletePool:
    """Hands out the athletes of a sandbox, each of them once."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._unused = list(stack.athletes().items())

    def newcomer(self) -> Athlete:
        """An athlete whose lake is empty."""
        account, athlete = self._unused.pop(0)
        stack = self._own_stack(account)
        put_first_token(stack.variant.tokens, SOURCE, account, stack.athletes()[account])
        return Athlete(stack, account, athlete["id"])

    def imported(self) -> Athlete:
        """An athlete whose whole history, including all optional streams, was imported yesterday."""
        lake = self._imported_lake
        athlete = self.newcomer()
        shutil.copytree(lake, athlete.stack.variant.lake)
        return athlete

    @cached_property
    def _imported_lake(self) -> Path:
        """The lake after an import for all unused athletes; afterwards the clock is advanced by a day."""
        stack = self._own_stack("everybody")
        stack.authorize()
        accounts = ",".join(account for account, _ in self._unused)
        stack.extract(OPTED_IN, PACELINE_STRAVA_ACCOUNTS=accounts).or_fail("extract")
        stack.sandbox.control("PUT", "clock", {"advance": "P1D"})
        return stack.variant.lake

    def _own_stack(self, name: str) -> Stack:
        variant = Variant(self._stack.variant.folder / name)
        return Stack(self._stack.tools, variant, self._stack.sandbox, self._stack.warehouse)
