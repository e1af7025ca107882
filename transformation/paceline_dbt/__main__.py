"""`python -m paceline_dbt build --select tag:strava`: runs dbt and ends like `extract` and `load`. Arguments are dbt's own."""

import sys
import traceback

from paceline_dbt.exits import Exit
from paceline_dbt.failure import REPORT_IT, Failure
from paceline_dbt.report import Report
from paceline_dbt.stop import Stop, Stopped


def main(arguments: list[str]) -> int:
    stop = Stop()
    stop.listen()
    report = Report(step=next((argument for argument in arguments if not argument.startswith("-")), ""))
    try:
        failure = _run(arguments, report, stop)
        stop.ignore()
    except Stopped:
        failure = stop.failure(report.step)
    except Exception as bug:  # noqa: BLE001 every run ends with a report
        traceback.print_exc()
        failure = Failure(Exit.BUG, "Running dbt", f"{type(bug).__name__}: {bug}", REPORT_IT)
    _print_outcome(report, failure)
    return failure.exit if failure else Exit.DONE


def _run(arguments: list[str], report: Report, stop: Stop) -> Failure | None:
    """Imports dbt only here: the import takes seconds, and a stop must be noticed during it."""
    from paceline_dbt.command import run  # noqa: PLC0415

    return run(arguments, report, stop)


def _print_outcome(report: Report, failure: Failure | None) -> None:
    """Prints the report; on a terminal only the failure, because dbt's own output shows the rest."""
    sys.stderr.flush()
    if sys.stdout.isatty():
        if failure:
            print(failure, file=sys.stderr)
    elif failure or report.counts is not None:
        print(report.line(failure), flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
