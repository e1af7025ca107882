"""What the end of a container means for its task: green, later, or red with or without another try. Knows no Airflow."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from paceline.report import Report, describe, has_committed

# sysexits, as docs/reference/commands.md tells them.
_DONE = 0
_TRY_AGAIN = 75
_MEANINGS = {
    64: "the command line is wrong",
    65: "the data cannot be used, or a check halted",
    69: "a service could not be reached",
    70: "a bug of Paceline",
    75: "busy, or out of budget",
    77: "credentials were refused",
    78: "the configuration is wrong",
    137: "it was killed, or out of memory",
    143: "it was asked to stop",
}
# Another try would end the same way.
_FINAL = frozenset({64, 65, 77, 78})

_ORDINARY_STOP = "EssentialContainerExited"
# Where a report does not say when.
_LATER = timedelta(minutes=15)
# A moment that has passed already must not make a task spin.
_SOONEST = timedelta(minutes=1)


@dataclass(frozen=True)
class ContainerExit:
    """How one container ended, as DescribeTasks and its last lines tell it."""

    container: str
    exit_code: int | None
    """None where it never ran, or ECS lost it."""
    stop_code: str
    reason: str
    report: Report | None

    def __str__(self) -> str:
        """One sentence for whoever reads the task's last error."""
        if self.exit_code is None:
            how = "did not start" if self.stop_code == "TaskFailedToStart" else "left no exit code"
            return f"{self.container} {how}: {self.reason or 'ECS gives no reason'}."
        meaning = _MEANINGS.get(self.exit_code)
        code = f"exit {self.exit_code}" + (f", {meaning}" if meaning else "")
        why = f": {self.reason}" if self.reason and self.reason != "Essential container in task exited" else ""
        said = describe(self.report) if self.report else "It left no report, see its log above"
        return f"{self.container} ended with {code}{why}. {said}."


@dataclass(frozen=True)
class Done:
    """The task is green, and what comes after it runs."""


@dataclass(frozen=True)
class TryLater:
    """Nothing was done and nothing is wrong: the same once more, then."""

    at: datetime


@dataclass(frozen=True)
class Failed:
    """The task is red; `final` where another try would end the same way."""

    final: bool


Outcome = Done | TryLater | Failed


def outcome(end: ContainerExit, now: datetime) -> Outcome:
    """Reads as the table in docs/how-to/run-airflow.md."""
    if end.exit_code is None:
        return Failed(final=False)
    if end.stop_code not in ("", _ORDINARY_STOP):
        # Spot reclaim, or a person in the console: whatever it committed stays, the next try takes up there.
        return Failed(final=False)
    if end.exit_code == _DONE or (end.exit_code == _TRY_AGAIN and has_committed(end.report)):
        return Done()
    if end.exit_code == _TRY_AGAIN:
        return TryLater(_resume_at(end.report, now))
    return Failed(final=end.exit_code in _FINAL)


def _resume_at(report: Report | None, now: datetime) -> datetime:
    said = (report or {}).get("resume_at")
    if said is None:
        return now + _LATER
    try:
        at = datetime.fromisoformat(str(said))
    except ValueError:
        return now + _LATER
    return max(at if at.tzinfo else at.replace(tzinfo=UTC), now + _SOONEST)
