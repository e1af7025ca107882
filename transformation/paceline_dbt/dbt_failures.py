"""What an exception of dbt means to whoever runs it. dbt itself exits with 1 or 2, whatever happened."""

from collections.abc import Iterator

import psycopg2
from dbt.cli.exceptions import DbtUsageException
from dbt_common.exceptions import DbtDatabaseError, DbtRuntimeError, EventCompilationError

from paceline_dbt.exits import Exit
from paceline_dbt.failure import REPORT_IT, Failure, clause
from paceline_dbt.warehouse_failures import MODEL, warehouse_failure

_PROJECT = "correct the file, or set the variable that the profile asks for"
_FOLDERS = "name folders that can be written in DBT_TARGET_PATH and DBT_LOG_PATH"
NO_COMMAND = "it names no command"


def usage_failure(what: str, remedy: str = "see `python -m paceline_dbt --help`") -> Failure:
    return Failure(Exit.USAGE, "Reading the command line of dbt", what, remedy)


def dbt_failure(error: BaseException, doing: str = "") -> Failure:
    """`doing` is empty where no model or test was being run."""
    said = clause(_said(error))
    match error:
        case DbtUsageException():
            first = str(error).partition("\n")[0]
            return usage_failure(NO_COMMAND if first.startswith("Usage: ") else clause(first))
        case EventCompilationError() if "does not match any enabled nodes" in str(error):
            return usage_failure(said, "list what there is with `python -m paceline_dbt ls`")
        case DbtDatabaseError() if behind := _postgres_error(error):
            return warehouse_failure(behind, doing)
        case DbtRuntimeError() if _is_about_the_project(error):
            return Failure(Exit.CONFIGURATION, doing or "Reading the project and its profile", said, MODEL if doing else _PROJECT)
        case OSError() if error.filename:
            return Failure(Exit.CONFIGURATION, doing or f"Opening {error.filename}", clause(error.strerror or said), _FOLDERS)
    return Failure(Exit.BUG, doing or "Running dbt", f"{type(error).__name__}: {said}", REPORT_IT)


def _is_about_the_project(error: DbtRuntimeError) -> bool:
    """Each mistake in a project has a type of its own; a bare DbtRuntimeError may wrap anything that was thrown."""
    return type(error) is not DbtRuntimeError or error.__cause__ is None


def _postgres_error(error: BaseException) -> psycopg2.Error | None:
    return next((behind for behind in _chain(error) if isinstance(behind, psycopg2.Error)), None)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error:
        yield error
        error = error.__cause__ or error.__context__


def _said(error: BaseException) -> str:
    """Without the line that dbt puts before its own: the kind of the error, and where it was."""
    text = str(error)
    return text.partition("\n")[2] or text if isinstance(error, DbtRuntimeError) else text
