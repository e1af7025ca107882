"""What somebody can do about an error of Postgres, by its SQLSTATE; where a connection was refused or lost there is only text."""

import re

import psycopg2

from paceline_dbt.exits import Exit
from paceline_dbt.failure import REPORT_IT, Failure, clause

MODEL = "correct the model, or load first where a table of a source is missing"
_RIGHTS = "correct PACELINE_PG_USER or PACELINE_PG_PASSWORD"
_DATABASE = "create the database, or correct PACELINE_PG_DATABASE"
_LATER = "try again in a few minutes"
_DATA = "correct the data where they come from, or what the model promises of them"
_OTHERS = "run it again when nobody else builds or holds a lock"

# The first whose letters the SQLSTATE begins with.
_STATES = {
    "28": (Exit.REFUSED, _RIGHTS),
    "42501": (Exit.REFUSED, "grant it to PACELINE_PG_USER, or enter as the owner"),
    "3D000": (Exit.CONFIGURATION, _DATABASE),
    # Only a second build at the same time leaves dbt's own interim names behind.
    "42P07": (Exit.TRY_AGAIN, _OTHERS),
    "40": (Exit.TRY_AGAIN, _OTHERS),
    "55P03": (Exit.TRY_AGAIN, _OTHERS),
    "21": (Exit.UNUSABLE, _DATA),
    "22": (Exit.UNUSABLE, _DATA),
    "23": (Exit.UNUSABLE, _DATA),
    "08": (Exit.UNAVAILABLE, _LATER),
    "53": (Exit.UNAVAILABLE, _LATER),
    "57": (Exit.UNAVAILABLE, _LATER),
    "0A": (Exit.CONFIGURATION, MODEL),
    "42": (Exit.CONFIGURATION, MODEL),
    "": (Exit.BUG, REPORT_IT),
}

# psycopg2 has no SQLSTATE for a connection that is not made, and tells it in the server's language. Unknown arguments are taken
# for a server that is away: then a wrong password is tried more often than it need be, and nothing worse.
_CONNECTING = {
    r"authentication failed|no password supplied|no pg_hba\.conf entry|not permitted to log in|permission denied": (
        Exit.REFUSED,
        _RIGHTS,
    ),
    r'database ".*" does not exist': (Exit.CONFIGURATION, _DATABASE),
    r"does not support SSL|sslmode|certificate": (Exit.CONFIGURATION, "correct PACELINE_PG_SSLMODE"),
    "": (Exit.UNAVAILABLE, "check that Postgres runs there and that PACELINE_PG_HOST and PACELINE_PG_PORT are right"),
}


def warehouse_failure(error: psycopg2.Error, doing: str) -> Failure:
    """Rows stand in an error's DETAIL, so only its first line is told."""
    said = clause(error.diag.message_primary or str(error).strip().partition("\n")[0])
    if error.pgcode:
        exit_, remedy = next(known for prefix, known in _STATES.items() if error.pgcode.startswith(prefix))
        return Failure(exit_, doing or "Preparing the warehouse", said, remedy)
    if doing and "connection to server at" not in str(error):
        return Failure(Exit.UNAVAILABLE, doing, said, "run it again: every model is built anew")
    exit_, remedy = next(known for arguments, known in _CONNECTING.items() if re.search(arguments, str(error)))
    return Failure(exit_, "Connecting to the warehouse", said, remedy)
