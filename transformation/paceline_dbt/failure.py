"""A failure that the user can act on, as reports show it: what was being done, what went wrong, what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from paceline_dbt.exits import MOST_SEVERE_FIRST, Exit

REPORT_IT = "this is a bug in Paceline or in dbt, please report it with the lines above"
# Six texts of this length, which is what a report has at most, stay below its limit of 8 KB, also if each character is escaped.
_MAX_LENGTH = 300


@dataclass(frozen=True)
class Failure:
    """Printed as `{doing}: {what}; {remedy}.`"""

    exit: Exit
    doing: str
    what: str
    remedy: str

    def to_dict(self) -> dict[str, str]:
        return {"doing": shortened(self.doing), "what": shortened(self.what), "remedy": shortened(self.remedy)}

    def __str__(self) -> str:
        return "{doing}: {what}; {remedy}.".format(**self.to_dict())


class FailureError(Exception):
    """Carries a failure from before dbt runs; what fails in dbt is collected from its events."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(str(failure))
        self.failure = failure


def setting_refused(variable: str, what: str, remedy: str, exit_: Exit = Exit.CONFIGURATION) -> FailureError:
    return FailureError(Failure(exit_, f"Reading {variable}", what, remedy))


def most_severe(failures: Sequence[Failure]) -> Failure:
    """The failure to report for a run with several; says how many others there are."""
    first = min(failures, key=lambda failure: MOST_SEVERE_FIRST.index(failure.exit))
    others = len(failures) - 1
    return replace(first, what=f"{shortened(first.what)} (and {others} more failed)") if others else first


def clause(text: str) -> str:
    """Turns a sentence of dbt or Postgres into a clause: no initial capital (unless part of a name or `SSL`) and no full stop."""
    line = shortened(text).removesuffix(".")
    return line[:1].lower() + line[1:] if line[1:2].islower() or line[1:2] == " " else line


def shortened(text: str) -> str:
    """One line of limited length."""
    line = " ".join(text.split())
    return line if len(line) <= _MAX_LENGTH else line[: _MAX_LENGTH - 1] + "…"
