"""What an error of Postgres means, by its SQLSTATE or, for a failed connection, by its text; as in load's `SqlFailures`."""

import re

from paceline_dbt.exits import Exit
from paceline_dbt.failure import REPORT_IT

MODEL = "correct the model, or load first if a source's table is missing"
NAME_THE_CA = "name the PEM file of the CA that signed it in PACELINE_WAREHOUSE_CA"
_CREDENTIALS = "correct the user or PACELINE_WAREHOUSE_PASSWORD"
_DATABASE = "create the database, or correct PACELINE_WAREHOUSE"
_LATER = "try again in a few minutes"
_DATA = "correct the data at its source, or the model's contract"
_ATTACHED = "see the trigger or function that raised this; it may be one that somebody attached to the table"
_PREREQUISITE = "correct the object that the message names"
_OTHERS = "run it again when no other build is running and nobody holds a lock"

Meaning = tuple[Exit, str]

# By prefix of the SQLSTATE; the first match counts.
_STATES: dict[str, Meaning] = {
    "28": (Exit.REFUSED, _CREDENTIALS),
    "42501": (Exit.REFUSED, "grant it to the user of PACELINE_WAREHOUSE, or connect as the owner"),
    "3D000": (Exit.CONFIGURATION, _DATABASE),
    # Table exists: a model looks first, so another build has created it at the same time.
    "42P07": (Exit.TRY_AGAIN, _OTHERS),
    "40": (Exit.TRY_AGAIN, _OTHERS),
    "55P03": (Exit.TRY_AGAIN, _OTHERS),
    "21": (Exit.UNUSABLE, _DATA),
    "22": (Exit.UNUSABLE, _DATA),
    "23": (Exit.UNUSABLE, _DATA),
    "P0001": (Exit.UNUSABLE, _ATTACHED),
    "55000": (Exit.CONFIGURATION, _PREREQUISITE),
    "25006": (Exit.UNAVAILABLE, "connect to the primary, or make the server writable"),
    "57P04": (Exit.CONFIGURATION, _DATABASE),
    "08": (Exit.UNAVAILABLE, _LATER),
    "53100": (Exit.UNAVAILABLE, "free space on the warehouse's disk"),
    "53300": (Exit.UNAVAILABLE, "try again when other connections have closed"),
    "53": (Exit.UNAVAILABLE, "free what the server lacks, and try again"),
    "57": (Exit.UNAVAILABLE, _LATER),
    "58": (Exit.UNAVAILABLE, "see the server's log, and try again"),
    "0A": (Exit.CONFIGURATION, MODEL),
    "42": (Exit.CONFIGURATION, MODEL),
    "": (Exit.BUG, REPORT_IT),
}

# psycopg2 has no SQLSTATE for a failed connection, only a text in the server's language. An unknown text counts as an unreachable
# server: at worst, a wrong password is retried more often than necessary.
_CONNECTING: dict[str, Meaning] = {
    r"authentication failed|no password supplied|no pg_hba\.conf entry|not permitted to log in|permission denied"
    r'|role ".*" does not exist': (Exit.REFUSED, _CREDENTIALS),
    r'database ".*" does not exist': (Exit.CONFIGURATION, _DATABASE),
    r"does not support SSL": (
        Exit.CONFIGURATION,
        "turn TLS on there, or do without it: sslmode=disable in PACELINE_WAREHOUSE, with PACELINE_WAREHOUSE_UNVERIFIED=true",
    ),
    r"certificate verify failed": (Exit.CONFIGURATION, NAME_THE_CA),
    r"does not match host name": (
        Exit.CONFIGURATION,
        "give a name that the certificate has in PACELINE_WAREHOUSE, or issue one for this name",
    ),
    r"SSL error: (?!unexpected eof)|certificate": (
        Exit.CONFIGURATION,
        "correct the TLS settings of the server; its log may say more",
    ),
    "": (Exit.UNAVAILABLE, "check that Postgres is running there and that PACELINE_WAREHOUSE is correct"),
}


def meaning_of_state(state: str) -> Meaning:
    return next(meaning for prefix, meaning in _STATES.items() if state.startswith(prefix))


def meaning_of_connecting(text: str) -> Meaning:
    """`text` is libpq's message about a connection that could not be opened."""
    return next(meaning for pattern, meaning in _CONNECTING.items() if re.search(pattern, text))
