"""Random changes to an athlete's activities between two runs."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from paceline_local.stack import Stack

SPORTS = ("Run", "Ride", "Hike", "VirtualRide", "Padel", "AlpineSki")
COUNTERS = ("kudos_count", "comment_count", "total_photo_count", "achievement_count")
CHANGES_A_DAY = 9


class Mutations:
    """Changes one athlete's data; the same seed on the same sandbox gives the same changes."""

    def __init__(self, stack: Stack, account: str, rng: Random) -> None:
        self._control = stack.sandbox.control
        self._athlete = stack.athletes()[account]["id"]
        self._rng = rng
        self._hidden: list[int] = []
        self._kinds: list[Callable[[], None]] = [
            self._add,
            self._upload_late,
            self._rename,
            self._change_measures,
            self._change_sport,
            self._change_gear,
            self._edit_unseen,
            self._count,
            self._count,
            self._delete,
            self._hide,
            self._show,
            self._weigh,
            self._retire_gear,
        ]

    def apply(self) -> None:
        for change in self._rng.choices(self._kinds, k=CHANGES_A_DAY):
            change()

    def _activities(self) -> list[dict[str, Any]]:
        return list(self._control("GET", f"athletes/{self._athlete}/activities"))

    def _random_activity(self) -> dict[str, Any]:
        return self._rng.choice(self._activities())

    def _edit(self, **fields: Any) -> None:
        self._control("PATCH", f"activities/{self._random_activity()['id']}", fields)

    def _post(self, **fields: Any) -> None:
        self._control("POST", f"athletes/{self._athlete}/activities", {"sport_type": self._rng.choice(SPORTS), **fields})

    def _add(self) -> None:
        self._post(manual=self._rng.random() < 0.2)

    def _upload_late(self) -> None:
        now = datetime.fromisoformat(self._control("GET", "clock")["now"])
        start = now - timedelta(days=self._rng.randint(14, 90), seconds=self._rng.randint(0, 80_000))
        self._post(start_date=start.strftime("%Y-%m-%dT%H:%M:%SZ"))

    def _rename(self) -> None:
        self._edit(name=f"Renamed {self._rng.randint(0, 999)} 🛠")

    def _change_measures(self) -> None:
        self._edit(distance=self._rng.randint(30_000, 400_000) / 10, moving_time=self._rng.randint(600, 3_600))

    def _change_sport(self) -> None:
        self._edit(sport_type=self._rng.choice(SPORTS))

    def _change_gear(self) -> None:
        self._edit(gear_id=self._rng.choice([None, "b515151", *self._gear()]))

    def _edit_unseen(self) -> None:
        self._edit(**{self._rng.choice(("description", "private_note")): f"Edited {self._rng.randint(0, 999)}"})

    def _count(self) -> None:
        activity, counter = self._random_activity(), self._rng.choice(COUNTERS)
        self._control("PATCH", f"activities/{activity['id']}", {counter: activity[counter] + self._rng.randint(1, 3)})

    def _delete(self) -> None:
        self._control("DELETE", f"activities/{self._random_activity()['id']}")

    def _hide(self) -> None:
        self._hidden.append(self._random_activity()["id"])
        self._control("POST", f"activities/{self._hidden[-1]}/hide")

    def _show(self) -> None:
        if self._hidden:
            self._control("POST", f"activities/{self._hidden.pop()}/show")

    def _weigh(self) -> None:
        self._control("PATCH", f"athletes/{self._athlete}", {"weight": self._rng.randint(500, 900) / 10})

    def _retire_gear(self) -> None:
        if gear := self._gear():
            change = {"retired": self._rng.random() < 0.5, "nickname": f"Nick {self._rng.randint(0, 99)}"}
            self._control("PATCH", f"gear/{self._rng.choice(gear)}", change)

    def _gear(self) -> list[str]:
        return sorted({activity["gear_id"] for activity in self._activities() if activity.get("gear_id")})
