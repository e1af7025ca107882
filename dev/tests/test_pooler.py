"""load and dbt through a pooler in transaction mode, such as Supabase's: each transaction gets another connection to the server.

PgBouncer is Debian's package; where it is not installed, or root may not start it, these tests are skipped.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from paceline_local.ports import free_port, is_free
from paceline_local.stack import Stack
from paceline_local.waiting import wait_until
from paceline_local.warehouse import Warehouse
from stacks import NewDatabase, NewStack
from tables import content

PGBOUNCER = shutil.which("pgbouncer", path=os.pathsep.join([os.environ["PATH"], "/usr/sbin"]))
SCHEMAS = ("strava", "dwh", "mart")
# It refuses root, who is nobody in a user namespace but still owns the files.
AS_NOBODY = ["unshare", "-U"] if os.geteuid() == 0 else []
# The connections take turns, so that what one transaction leaves behind is missing in the next, or is found by another client.
CONFIGURATION = """
[databases]
* = host=127.0.0.1 port={server}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = {users}
pool_mode = transaction
default_pool_size = 20
server_round_robin = 1
ignore_startup_parameters = extra_float_digits
"""


def reason_to_skip() -> str | None:
    if PGBOUNCER is None:
        return "PgBouncer is not installed"
    if AS_NOBODY:
        tried = subprocess.run([*AS_NOBODY, "true"], capture_output=True, text=True, check=False)
        if tried.returncode:
            return f"PgBouncer refuses root, and a user namespace is forbidden here: {tried.stderr.strip()}"
    return None


SKIPPED = reason_to_skip()
pytestmark = pytest.mark.skipif(SKIPPED is not None, reason=str(SKIPPED))


@pytest.fixture
def pooler(server: Warehouse, tmp_path: Path) -> Iterator[int]:
    """The port of a pooler in front of the server."""
    port, users = free_port(), tmp_path / "users.txt"
    users.write_text(f'"{server.user}" "{server.password}"\n')
    configuration = tmp_path / "pgbouncer.ini"
    configuration.write_text(CONFIGURATION.format(server=server.port, port=port, users=users))
    with (tmp_path / "pgbouncer.log").open("wb") as log:
        process = subprocess.Popen([*AS_NOBODY, str(PGBOUNCER), configuration], stdout=log, stderr=log)
    try:
        wait_until(lambda: not is_free(port), "PgBouncer did not start", f"See {log.name}.")
        yield port
    finally:
        process.terminate()
        process.wait()


def take_turns(pooled: Warehouse) -> None:
    """Makes the pooler open several connections to the server, which the transactions of even one client then take in turn."""
    with ExitStack() as clients:
        for _ in range(5):
            connection = clients.enter_context(pooled.connect())
            clients.enter_context(connection.transaction())
            connection.execute("select")
    with pooled.connect(prepare_threshold=None) as connection:
        backends = {connection.execute("select pg_backend_pid()").fetchone() for _ in range(10)}
    assert len(backends) == 5


def run_everything(stack: Stack) -> None:
    stack.load().or_fail("load")
    stack.dbt().or_fail("dbt")


def test_rows_and_marts_are_those_of_a_direct_connection(new_stack: NewStack, new_database: NewDatabase, pooler: int) -> None:
    direct = new_stack()
    direct.extract().or_fail("extract")
    run_everything(direct)

    database = new_database()
    pooled = Stack(direct.tools, direct.variant, direct.sandbox, replace(database, port=pooler))
    take_turns(pooled.warehouse)
    run_everything(pooled)
    assert content(database, *SCHEMAS) == content(direct.warehouse, *SCHEMAS)
    run_everything(pooled)
    assert content(database, *SCHEMAS) == content(direct.warehouse, *SCHEMAS)

    assert database.rows("select relname from pg_class where relpersistence = 't'") == []
    of_clients = f"datname = '{database.database}' and backend_type = 'client backend' and pid != pg_backend_pid()"
    busy = f"select pid from pg_stat_activity where {of_clients} and state != 'idle'"
    wait_until(lambda: database.rows(busy) == [], "a connection of the pooler is still in a transaction", "")
