"""`make psql`: prints rows as `psql -At` does, through a driver, so psql is not needed; without SQL, a prompt."""

import os
import shutil
import sys

import psycopg

from paceline_local.describe import describe
from paceline_local.failure import USAGE, Failure
from paceline_local.paths import variant_named
from paceline_local.postgres import Postgres
from paceline_local.warehouse import Warehouse


def psql(sql: str | None, name: str | None) -> int:
    variant = variant_named(name)
    warehouse = Postgres(variant.postgres).start()
    if sql:
        with warehouse.connect() as connection:
            for line in run_sql(connection, sql):
                print(line)
        return 0
    if not sys.stdin.isatty():
        raise Failure("There is no SQL to run.", "Pass it as `make psql SQL='select …'`.", USAGE)
    return _prompt(warehouse, variant.name)


def run_sql(connection: psycopg.Connection, sql: str) -> list[str]:
    """The rows of every statement: `|` between columns, values as the server writes them, null as an empty string."""
    if sql.lstrip().startswith("\\"):
        sql = describe(sql.strip())
    try:
        cursor = connection.execute(sql.encode())
        lines = _lines(cursor)
        while cursor.nextset():
            lines += _lines(cursor)
    except psycopg.Error as error:
        hint = error.diag.message_hint or "Correct the statement and run it again."
        raise Failure(f"Postgres says: {error.diag.message_primary or error}.", hint, USAGE) from None
    return lines


def _lines(cursor: psycopg.Cursor) -> list[str]:
    result = cursor.pgresult
    if result is None or not result.nfields:
        return []
    columns = range(result.nfields)
    return ["|".join((result.get_value(row, column) or b"").decode() for column in columns) for row in range(result.ntuples)]


def _prompt(warehouse: Warehouse, name: str) -> int:
    if shutil.which("psql"):
        os.environ["PGPASSWORD"] = warehouse.password
        os.execvp("psql", ["psql", warehouse.url])  # noqa: S606
    import readline  # noqa: F401, PLC0415 gives input() a history; only the prompt needs it

    print("One statement a line; \\d lists tables, \\d NAME shows one, an empty line quits.")
    with warehouse.connect() as connection:
        while line := _read(f"{name}=> "):
            try:
                print(*run_sql(connection, line), sep="\n")
            except Failure as failure:
                print(failure)
    return 0


def _read(prompt: str) -> str:
    try:
        return input(prompt).strip()
    except EOFError:
        return ""
