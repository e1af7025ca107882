"""A killed load never loses or duplicates a row: the next one only repeats work. For imports see test_kills_of_import."""

import os
import signal
import time
from collections.abc import Callable, Collection
from pathlib import Path
from random import Random

import psycopg
import pytest
from kills import (
    KILLS,
    TRY_AGAIN,
    kill_after,
    start,
    until_free,
)
from paceline_local.postgres import Postgres
from paceline_local.stack import Stack
from paceline_local.waiting import wait_until
from stacks import NewDatabase, NewStack
from tables import LOADED_AT, Content, content, rows_in

# Long before a load can have ended, in seconds.
SHORTEST = 0.05


@pytest.fixture
def moments(rng: Random) -> list[float]:
    """Fractions of an undisturbed run's duration, spread over all of it."""
    return [(number + rng.random()) / KILLS for number in range(KILLS)]


def test_load_killed_at_any_moment_converges(new_stack: NewStack, new_database: NewDatabase, moments: list[float]) -> None:
    undisturbed = new_stack()
    undisturbed.extract().or_fail("extract")
    seconds = timed(lambda: undisturbed.load().or_fail("load"))
    expected = comparable(undisturbed)
    for moment in moments:
        stack = Stack(undisturbed.tools, undisturbed.variant, undisturbed.sandbox, new_database())
        while not kill_after(start(stack, "load", "run", stack.load_environment()), moment * seconds):
            assert seconds > SHORTEST, f"no kill hit a load at {moment:.3f} of its time"
            seconds *= 0.8  # this one was faster: the next moment comes earlier, on an empty warehouse again
            stack = Stack(undisturbed.tools, undisturbed.variant, undisturbed.sandbox, new_database())
        until_free(stack.load).or_fail("load")
        assert comparable(stack) == expected, f"killed at {moment:.3f} of {seconds:.1f} s"


def test_a_stage_lost_to_a_crash_of_postgres_is_never_published(new_stack: NewStack, tmp_path: Path) -> None:
    postgres = Postgres(tmp_path / "postgres")
    shared = new_stack()
    shared.extract().or_fail("extract")
    shared.load().or_fail("load")
    try:
        stack = Stack(shared.tools, shared.variant, shared.sandbox, postgres.start())
        stack.load("stage").or_fail("load stage")
        stack.load("check").or_fail("load check")
        kill_a_backend(stack)
        publish = stack.load("publish")
        assert publish.exit_code == TRY_AGAIN, publish.log.read_text()
        message = " ".join(publish.errors()[0].values()).lower()
        assert "stage" in message
        assert "lost" in message or "crash" in message, message
        stack.load().or_fail("load")
        assert comparable(stack) == comparable(shared)
    finally:
        postgres.stop()


def kill_a_backend(stack: Stack) -> None:
    """One is enough: Postgres then restarts all backends and truncates its unlogged tables."""
    with stack.warehouse.connect() as connection:
        row = connection.execute("select pg_backend_pid()").fetchone()
        assert row is not None
        os.kill(row[0], signal.SIGKILL)
        with pytest.raises(psycopg.OperationalError):
            connection.execute("select 1")

    def is_up() -> bool:
        try:
            return stack.warehouse.rows("select 1") == [(1,)]
        except psycopg.OperationalError:
            return False

    wait_until(is_up, "Postgres did not recover", "Its log is next to its data.")


def timed(work: Callable[[], object]) -> float:
    started = time.monotonic()
    work()
    return time.monotonic() - started


def comparable(stack: Stack, ignoring: Collection[str] = LOADED_AT) -> Content:
    """Content that depends only on the lake, without the time of loading; two extracts may differ in more columns."""
    found = content(stack.warehouse, "strava", ignoring=ignoring)
    assert rows_in(found) > 100
    return found
