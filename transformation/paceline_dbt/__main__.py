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
    report = Report(step=next((word for word in arguments if not word.startswith("-")), ""))
    try:
        failure = _run(arguments, report, stop)
        stop.ignore()
    except Stopped:
        failure = stop.failure(report.step)
    except Exception as bug:  # noqa: BLE001 whatever it is, the run ends with a report
        traceback.print_exc()
        failure = Failure(Exit.BUG, "Running dbt", f"{type(bug).__name__}: {bug}", REPORT_IT)
    _print_outcome(report, failure)
    return failure.exit if failure else Exit.DONE


def _run(arguments: list[str], report: Report, stop: Stop) -> Failure | None:
    """dbt takes seconds to import, and a stop is heard before."""
    from paceline_dbt.command import run  # noqa: PLC0415

    return run(arguments, report, stop)


def _print_outcome(report: Report, failure: Failure | None) -> None:
    """On a terminal dbt's own text says it all but the remedy."""
    sys.stderr.flush()
    if sys.stdout.isatty():
        if failure:
            print(failure, file=sys.stderr)
    elif failure or report.counts is not None:
        print(report.line(failure), flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
