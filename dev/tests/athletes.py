"""Athletes of one sandbox, each with a lake, a token and runs of its own: starting a sandbox takes longer than most tests."""

import json
import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from calls import Calls, calls, forget_calls, reported_calls
from paceline_local.commands import Outcome
from paceline_local.places import Variant
from paceline_local.stack import SOURCE, Stack
from paceline_local.tokens import put_first_token
from snapshots import Snapshot, lake_snapshot, source_snapshot

# What each has at first.
ACTIVITIES = 12


@dataclass(frozen=True)
class Athlete:
    """Alone in the runs of a stack that shares its sandbox with others."""

    stack: Stack
    account: str
    id: int

    def extract(self, *words: str, **env: str) -> Outcome:
        return self.stack.extract(*words, **{"PACELINE_STRAVA_ACCOUNTS": self.account, **env})

    def run(self, *words: str) -> Calls:
        """The calls of a run that ends well; the report tells the same."""
        forget_calls(self.stack)
        report = self.extract(*words).or_fail("extract")
        counted = calls(self.stack)
        assert reported_calls(report) == counted
        return counted

    def control(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        return self.stack.sandbox.control(method, path, body)

    def activities(self) -> dict[int, dict[str, Any]]:
        """As the source would list them, newest first."""
        listed = self.control("GET", f"athletes/{self.id}/activities")
        return {activity["id"]: activity for activity in listed}

    def add(self, **fields: Any) -> int:
        return int(self.control("POST", f"athletes/{self.id}/activities", fields)["id"])

    def edit(self, activity: int, **fields: Any) -> None:
        self.control("PATCH", f"activities/{activity}", fields)

    def delete(self, activity: int) -> None:
        self.control("DELETE", f"activities/{activity}")

    def consent(self, *scopes: str) -> None:
        """As `extract authorize` leaves it, where the athlete left these boxes ticked."""
        self.control("PUT", f"athletes/{self.id}/scopes", {"scopes": scopes})
        refresh_token = self.stack.athletes()[self.account]["refresh_token"]
        token = self.stack.variant.tokens / f"{SOURCE}-{self.account}.json"
        token.write_text(json.dumps({"refresh_token": refresh_token, "scope": ",".join(scopes)}))

    def lake(self) -> Snapshot:
        return lake_snapshot(self.stack, self.account)

    def source(self, *streams: str) -> Snapshot:
        return source_snapshot(self.stack, self.account, *streams)


class AthletePool:
    """Hands out the athletes of a sandbox one by one."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._waiting = list(stack.athletes().items())

    def newcomer(self) -> Athlete:
        """One whose lake is empty."""
        account, athlete = self._waiting.pop(0)
        stack = self._own_stack(account)
        put_first_token(stack.variant.tokens, SOURCE, account, stack.athletes()[account]["refresh_token"])
        return Athlete(stack, account, athlete["id"])

    def imported(self) -> Athlete:
        """One whose whole history, with all that can be opted in, was read yesterday."""
        lake = self._imported_lake
        athlete = self.newcomer()
        shutil.copytree(lake, athlete.stack.variant.lake)
        return athlete

    @cached_property
    def _imported_lake(self) -> Path:
        """The lake of a run for all that wait; it is a day later then."""
        stack = self._own_stack("everybody")
        stack.authorize()
        waiting = ",".join(account for account, _ in self._waiting)
        stack.extract("--streams=+kudos,+comments,+photos", PACELINE_STRAVA_ACCOUNTS=waiting).or_fail("extract")
        stack.sandbox.control("PUT", "clock", {"advance": "P1D"})
        return stack.variant.lake

    def _own_stack(self, name: str) -> Stack:
        variant = Variant(self._stack.variant.folder / name)
        return Stack(self._stack.tools, variant, self._stack.sandbox, self._stack.warehouse)
