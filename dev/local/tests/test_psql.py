"""`make psql` prints what `psql -At` prints."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from paceline_local.failure import USAGE, Failure
from paceline_local.postgres import Postgres
from paceline_local.psql import run_sql


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[psycopg.Connection]:
    postgres = Postgres(Path(tmp_path_factory.mktemp("psql")) / "postgres", settings={"fsync": "off"})
    try:
        with postgres.start().connect() as opened:
            yield opened
    finally:
        postgres.stop()


@pytest.mark.parametrize(
    ("sql", "lines"),
    [
        ("select 1, 'two', null, true, false", ["1|two||t|f"]),
        ("select 1.50::numeric, 0.1::float8, date '2026-10-01'", ["1.50|0.1|2026-10-01"]),
        ("select timestamptz '2026-10-31T05:00:00Z', '{1,NULL}'::int[]", ["2026-10-31 05:00:00+00|{1,NULL}"]),
        ("select 1; select 2", ["1", "2"]),
        ("select 1 where false", []),
        ("create temp table kept (a int)", []),
        ("select '100%', '$1'", ["100%|$1"]),
        ("select '🚴 ' || 'ü'", ["🚴 ü"]),
    ],
)
def test_rows_are_shown_as_the_server_writes_them(connection: psycopg.Connection, sql: str, lines: list[str]) -> None:
    assert run_sql(connection, sql) == lines


def test_an_error_is_one_sentence(connection: psycopg.Connection) -> None:
    with pytest.raises(Failure, match='column "foo" does not exist') as failed:
        run_sql(connection, "select foo")
    assert failed.value.exit_code == USAGE
    assert "\n" not in str(failed.value)


def test_describes_a_table(connection: psycopg.Connection) -> None:
    connection.execute("create table public.rides (id bigint primary key, started timestamptz not null, m double precision)")
    assert run_sql(connection, r"\d public.rides") == [
        "id|bigint|not null|key",
        "started|timestamp with time zone|not null|",
        "m|double precision||",
    ]
    assert "public|rides|base table" in run_sql(connection, r"\d")


def test_other_psql_commands_are_refused_by_name(connection: psycopg.Connection) -> None:
    with pytest.raises(Failure, match=r"\\copy"):
        run_sql(connection, r"\copy x from y")
