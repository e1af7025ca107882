"""What the user can do about a Postgres error, by its SQLSTATE or, for a failed connection, by its text."""

import re

import psycopg2

from paceline_dbt.exits import Exit
from paceline_dbt.failure import REPORT_IT, Failure, clause

MODEL = "correct the model, or load first if a source's table is missing"
_CREDENTIALS = "correct the user or PACELINE_WAREHOUSE_PASSWORD"
_DATABASE = "create the database, or correct PACELINE_WAREHOUSE"
_LATER = "try again in a few minutes"
_DATA = "correct the data at its source, or the model's contract"
_OTHERS = "run it again when no other build is running and nobody holds a lock"

# By prefix of the SQLSTATE; the first match counts.
_STATES = {
    "28": (Exit.REFUSED, _CREDENTIALS),
    "42501": (Exit.REFUSED, "grant it to the user of PACELINE_WAREHOUSE, or connect as the owner"),
    "3D000": (Exit.CONFIGURATION, _DATABASE),
    # Table exists: dbt's temporary names only collide if another build runs at the same time.
    "42P07": (Exit.TRY_AGAIN, _OTHERS),
    "40": (Exit.TRY_AGAIN, _OTHERS),
    "55P03": (Exit.TRY_AGAIN, _OTHERS),
    "21": (Exit.UNUSABLE, _DATA),
    "22": (Exit.UNUSABLE, _DATA),
    "23": (Exit.UNUSABLE, _DATA),
    "25006": (Exit.UNAVAILABLE, "connect to the primary, or make the server writable"),
    "57P04": (Exit.CONFIGURATION, _DATABASE),
    "08": (Exit.UNAVAILABLE, _LATER),
    "53100": (Exit.UNAVAILABLE, "free space on the warehouse's disk"),
    "53": (Exit.UNAVAILABLE, "free what the server lacks, and try again"),
    "57": (Exit.UNAVAILABLE, _LATER),
    "58": (Exit.UNAVAILABLE, "see the server's log, and try again"),
    "0A": (Exit.CONFIGURATION, MODEL),
    "42": (Exit.CONFIGURATION, MODEL),
    "": (Exit.BUG, REPORT_IT),
}

# psycopg2 has no SQLSTATE for a failed connection, only a text in the server's language. An unknown text counts as an unreachable
# server: at worst, a wrong password is retried more often than necessary.
_CONNECTING = {
    r"authentication failed|no password supplied|no pg_hba\.conf entry|not permitted to log in|permission denied": (
        Exit.REFUSED,
        _CREDENTIALS,
    ),
    r'database ".*" does not exist': (Exit.CONFIGURATION, _DATABASE),
    r"does not support SSL|sslmode|certificate": (Exit.CONFIGURATION, "correct sslmode in PACELINE_WAREHOUSE"),
    "": (Exit.UNAVAILABLE, "check that Postgres is running there and that PACELINE_WAREHOUSE is correct"),
}


def warehouse_failure(error: psycopg2.Error, doing: str) -> Failure:
    """Uses only the error's first line, because its DETAIL contains row values."""
    message = clause(error.diag.message_primary or str(error).strip().partition("\n")[0])
    if error.pgcode:
        exit_, remedy = next(known for prefix, known in _STATES.items() if error.pgcode.startswith(prefix))
        return Failure(exit_, doing or "Preparing the warehouse", message, remedy)
    if doing and "connection to server at" not in str(error):
        return Failure(Exit.UNAVAILABLE, doing, message, "run it again: it rebuilds every model")
    exit_, remedy = next(known for pattern, known in _CONNECTING.items() if re.search(pattern, str(error)))
    return Failure(exit_, "Connecting to the warehouse", message, remedy)
