"""Runs dbt through its programmatic interface and turns its result into a report and a failure."""

import os
import sys
import traceback
from contextlib import ExitStack
from pathlib import Path

from dbt.cli.main import dbtRunner
from dbt_common.events.event_manager_client import add_callback_to_manager

from paceline_dbt.certificates import explained
from paceline_dbt.dbt_failures import NO_COMMAND, dbt_failure, usage_failure
from paceline_dbt.event_collector import EventCollector
from paceline_dbt.exits import Exit
from paceline_dbt.failure import Failure, FailureError, most_severe
from paceline_dbt.report import Report
from paceline_dbt.stop import Stop
from paceline_dbt.tls import NO_FILE
from paceline_dbt.trusted_roots import root_file
from paceline_dbt.warehouse import PROFILE_PREFIX, Warehouse

PROJECT = Path(__file__).resolve().parents[1]


def run(arguments: list[str], report: Report, stop: Stop) -> Failure | None:
    """Returns None on success. Sets the report's counts, and its step as dbt understood it."""
    _set_defaults()
    with ExitStack() as files:
        no_warehouse = _set_profile_variables(files)
        failure = _invoke(arguments, report, stop, no_warehouse)
        return explained(failure, os.environ) if failure else None


def _invoke(arguments: list[str], report: Report, stop: Stop, no_warehouse: Failure | None) -> Failure | None:
    events = EventCollector(stop)
    add_callback_to_manager(events.collect)  # for the time before dbt has read its flags and registers the runner's callbacks
    result = dbtRunner(callbacks=[events.collect]).invoke(arguments)
    if events.started:
        report.step = events.command or report.step
        report.counts = events.counts()
        report.dropped = events.dropped()
    if result.success:
        return None
    if no_warehouse and PROFILE_PREFIX in str(result.exception):  # --help, for example, does without
        return no_warehouse
    if stop.requested_by:
        return stop.failure(report.step)
    if not report.step and isinstance(result.exception, TypeError):  # dbt unpacks the result of the missing command
        return usage_failure(NO_COMMAND)
    # What a model or a test raised says more than the exception that ended the run, which repeats it or follows from it.
    failures = events.failures() or [_failure(result.exception, events, report.step)]
    return most_severe(failures)


def _set_defaults() -> None:
    """Sets what neither a flag nor the environment sets."""
    os.environ.setdefault("DBT_PROJECT_DIR", str(PROJECT))
    os.environ.setdefault("DBT_PROFILES_DIR", str(PROJECT))
    # The project says so as well, but if it cannot be read, dbt would send statistics.
    os.environ.setdefault("DBT_SEND_ANONYMOUS_USAGE_STATS", "false")
    if not sys.stdout.isatty():
        os.environ.setdefault("DBT_USE_COLORS", "false")


def _set_profile_variables(files: ExitStack) -> Failure | None:
    """Returns why they cannot be set; `files` removes what they name."""
    try:
        warehouse = Warehouse.of(os.environ)
        roots = files.enter_context(root_file(os.environ)) if warehouse.is_verified else NO_FILE
        os.environ.update(warehouse.for_profile(roots))
    except FailureError as refused:
        return refused.failure
    return None


def _failure(error: BaseException | None, events: EventCollector, step: str) -> Failure:
    if error is None:
        return Failure(Exit.BUG, f"Running dbt {step}", "it failed without an exception", "read dbt's output above")
    failure = dbt_failure(error)
    if failure.exit is Exit.BUG and not events.trace_printed:
        traceback.print_exception(error)
    return failure
