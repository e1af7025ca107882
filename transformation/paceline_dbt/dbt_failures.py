"""What an exception from dbt means to the user. dbt itself exits with 1 or 2 for every error."""

from collections.abc import Iterator

import psycopg2
from dbt.cli.exceptions import DbtUsageException
from dbt_common.exceptions import DbtDatabaseError, DbtRuntimeError, EventCompilationError

from paceline_dbt.exits import Exit
from paceline_dbt.failure import REPORT_IT, Failure, clause
from paceline_dbt.sqlstates import MODEL
from paceline_dbt.warehouse_failures import warehouse_failure

_PROJECT = "correct the file, or set the variable that the profile requires"
_FOLDERS = "set DBT_TARGET_PATH and DBT_LOG_PATH to writable folders"
NO_COMMAND = "it has no command"


def usage_failure(what: str, remedy: str = "see `python -m paceline_dbt --help`") -> Failure:
    return Failure(Exit.USAGE, "Reading dbt's command line", what, remedy)


def dbt_failure(error: BaseException, doing: str = "") -> Failure:
    """`doing` is empty if no model or test was running."""
    message = clause(_message(error))
    match error:
        case DbtUsageException():
            first = str(error).partition("\n")[0]
            return usage_failure(NO_COMMAND if first.startswith("Usage: ") else clause(first))
        case EventCompilationError() if "does not match any enabled nodes" in str(error):
            return usage_failure(message, "list what there is with `python -m paceline_dbt ls`")
        case DbtDatabaseError() if postgres_error := _postgres_error(error):
            return warehouse_failure(postgres_error, doing)
        case DbtRuntimeError() if _is_about_the_project(error):
            remedy = MODEL if doing else _PROJECT
            return Failure(Exit.CONFIGURATION, doing or "Reading the project and its profile", message, remedy)
        case OSError() if error.filename:
            return Failure(Exit.CONFIGURATION, doing or f"Opening {error.filename}", clause(error.strerror or message), _FOLDERS)
    return Failure(Exit.BUG, doing or "Running dbt", f"{type(error).__name__}: {message}", REPORT_IT)


def _is_about_the_project(error: DbtRuntimeError) -> bool:
    """Each kind of mistake in a project has its own exception type; a plain DbtRuntimeError may wrap any exception."""
    return type(error) is not DbtRuntimeError or error.__cause__ is None


def _postgres_error(error: BaseException) -> psycopg2.Error | None:
    return next((cause for cause in _chain(error) if isinstance(cause, psycopg2.Error)), None)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error:
        yield error
        error = error.__cause__ or error.__context__


def _message(error: BaseException) -> str:
    """The error's text without dbt's first line, which gives the kind and the location of the error."""
    text = str(error)
    return text.partition("\n")[2] or text if isinstance(error, DbtRuntimeError) else text
