"""What a container's exit means for its task: success, reschedule, or failure with or without retry. Independent of Airflow."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from paceline.report import Report, describe, has_committed

# The sysexits codes, as listed in docs/reference/commands.md.
_DONE = 0
_TRY_AGAIN = 75
_MEANINGS = {
    64: "the command line is wrong",
    65: "the data cannot be used, or a check halted",
    69: "a service could not be reached",
    70: "a bug in Paceline",
    75: "busy, or out of budget",
    77: "credentials were refused",
    78: "the configuration is wrong",
    137: "it was killed, or out of memory",
    143: "it was stopped by SIGTERM",
}
# A retry would end the same way.
_FINAL = frozenset({64, 65, 77, 78})

_ORDINARY_STOP = "EssentialContainerExited"
# How long to wait if the report does not say when to resume.
_DEFAULT_WAIT = timedelta(minutes=15)
# A lock asks to try again as soon as its holder could have died, but an extract that waits for its budget holds it for hours, and
# each try starts a container. A time that has already passed must not make a task spin either.
_SHORTEST_WAIT = timedelta(minutes=5)


@dataclass(frozen=True)
class ContainerExit:
    """How one container ended, according to DescribeTasks and the last lines of its log."""

    container: str
    exit_code: int | None
    """None if it never ran, or if ECS lost it."""
    stop_code: str
    reason: str
    report: Report | None

    def __str__(self) -> str:
        """The sentence shown as the task's last error."""
        if self.exit_code is None:
            how = "did not start" if self.stop_code == "TaskFailedToStart" else "left no exit code"
            return f"{self.container} {how}: {self.reason or 'ECS gives no reason'}."
        meaning = _MEANINGS.get(self.exit_code)
        code = f"exit {self.exit_code}" + (f", {meaning}" if meaning else "")
        why = f": {self.reason}" if self.reason and self.reason != "Essential container in task exited" else ""
        details = describe(self.report) if self.report else "It left no report, see its log above"
        return f"{self.container} ended with {code}{why}. {details}."


@dataclass(frozen=True)
class Done:
    """The task succeeds, and its downstream tasks run."""


@dataclass(frozen=True)
class TryLater:
    """Nothing was done and nothing is wrong: run the same command again at that time."""

    at: datetime


@dataclass(frozen=True)
class Failed:
    """The task fails; `final` if a retry would end the same way."""

    final: bool


Outcome = Done | TryLater | Failed


def outcome(end: ContainerExit, now: datetime) -> Outcome:
    """Implements the table in docs/how-to/run-airflow.md."""
    if end.exit_code is None:
        return Failed(final=False)
    if end.stop_code not in ("", _ORDINARY_STOP):
        # A Spot interruption, or a user in the console: what it committed stays, and the next try continues from there.
        return Failed(final=False)
    if end.exit_code == _DONE or (end.exit_code == _TRY_AGAIN and has_committed(end.report)):
        return Done()
    if end.exit_code == _TRY_AGAIN:
        return TryLater(_resume_at(end.report, now))
    return Failed(final=end.exit_code in _FINAL)


def _resume_at(report: Report | None, now: datetime) -> datetime:
    resume_at = (report or {}).get("resume_at")
    if resume_at is None:
        return now + _DEFAULT_WAIT
    try:
        at = datetime.fromisoformat(str(resume_at))
    except ValueError:
        return now + _DEFAULT_WAIT
    return max(at if at.tzinfo else at.replace(tzinfo=UTC), now + _SHORTEST_WAIT)
