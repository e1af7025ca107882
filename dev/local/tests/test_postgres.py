"""The embedded Postgres when things go wrong: another command, a kill, a stale pid file, a port in use."""

import os
import signal
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from paceline_local.failure import Failure
from paceline_local.postgres import Postgres
from paceline_local.warehouse import Warehouse


@pytest.fixture
def postgres(tmp_path: Path) -> Iterator[Postgres]:
    server = Postgres(tmp_path / "postgres", settings={"fsync": "off"})
    yield server
    server.stop()


def pid_of(postgres: Postgres) -> int:
    return int((postgres.data / "postmaster.pid").read_text().splitlines()[0])


def test_another_command_finds_the_same_server(postgres: Postgres) -> None:
    warehouse = postgres.start()
    again = Postgres(postgres.folder)
    assert again.find() == warehouse
    assert again.start() == warehouse
    assert warehouse.rows("select current_database()::text") == [("warehouse",)]


def test_data_and_port_outlive_a_stop(postgres: Postgres) -> None:
    before = postgres.start()
    with before.connect() as connection:
        connection.execute("create table kept as select 42 as answer")
    assert postgres.stop()
    assert postgres.find() is None
    assert not postgres.stop()
    assert postgres.start() == before
    assert before.rows("select answer from kept") == [(42,)]


def test_uses_another_port_if_its_own_is_taken(postgres: Postgres) -> None:
    before = postgres.start()
    postgres.stop()
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", before.port))
        other.listen()
        after = postgres.start()
    assert after.port != before.port
    assert after.rows("select 1") == [(1,)]


def test_starts_again_after_a_kill(postgres: Postgres) -> None:
    postgres.start()
    killed = pid_of(postgres)
    os.kill(killed, signal.SIGKILL)
    assert postgres.start().rows("select 1") == [(1,)]
    assert pid_of(postgres) != killed


def test_a_pid_file_that_names_another_program_is_ignored(postgres: Postgres) -> None:
    postgres.start()
    left = (postgres.data / "postmaster.pid").read_text().splitlines()
    postgres.stop()
    (postgres.data / "postmaster.pid").write_text("\n".join([str(os.getpid()), *left[1:]]) + "\n")
    assert postgres.find() is None
    assert postgres.start().rows("select 1") == [(1,)]


def test_refuses_a_connection_without_the_password(postgres: Postgres) -> None:
    warehouse = postgres.start()
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(warehouse.url, password="guessed")
    assert stat.S_IMODE(warehouse.password_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(postgres.folder.stat().st_mode) == 0o700
    assert warehouse.password not in warehouse.url


def test_listens_on_loopback_only(postgres: Postgres) -> None:
    warehouse = postgres.start()
    assert warehouse.rows("select current_setting('listen_addresses'), current_setting('unix_socket_directories')") == [
        ("127.0.0.1", "")
    ]


def test_a_cluster_of_another_version_is_refused(postgres: Postgres) -> None:
    postgres.data.mkdir(parents=True)
    (postgres.data / "PG_VERSION").write_text("9\n")
    with pytest.raises(Failure, match=r"made by Postgres 9.*demo-clean"):
        postgres.start()


def test_an_interrupted_initdb_is_repeated(postgres: Postgres) -> None:
    half = postgres.folder / "data.new"
    half.mkdir(parents=True)
    (half / "half").write_text("made")
    assert isinstance(postgres.start(), Warehouse)
    assert not half.exists()
