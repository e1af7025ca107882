"""What the user can do about an error of Postgres."""

import psycopg2

from paceline_dbt.exits import Exit
from paceline_dbt.failure import Failure, clause
from paceline_dbt.sqlstates import meaning_of_connecting, meaning_of_state


def warehouse_failure(error: psycopg2.Error, doing: str) -> Failure:
    """Uses only the error's first line, because its DETAIL contains row values."""
    message = clause(error.diag.message_primary or str(error).strip().partition("\n")[0])
    if error.pgcode:
        exit_, remedy = meaning_of_state(error.pgcode)
        return Failure(exit_, doing or "Preparing the warehouse", message, remedy)
    if doing and "connection to server at" not in str(error):
        return Failure(Exit.UNAVAILABLE, doing, message, "run it again: it rebuilds every model")
    return _connecting_failure(str(error).strip())


def _connecting_failure(text: str) -> Failure:
    """A name may have several addresses, each with a line of its own: the one that decides is shown."""
    exit_, remedy = meaning = meaning_of_connecting(text)
    line = next(line for line in text.splitlines() if meaning_of_connecting(line) == meaning)
    return Failure(exit_, "Connecting to the warehouse", clause(line), remedy)
