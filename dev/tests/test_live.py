"""`make test-live` with a sandbox in Strava's place: what it proves, what it costs, and how it ends where it cannot."""

import json
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from paceline_local.clean_environment import clean_environment
from paceline_local.places import CHECKOUT
from paceline_local.stack import Stack
from stacks import NewStack
from test_s3_lake import s3  # noqa: F401 a fixture

NEEDED = {
    "PACELINE_LAKE",
    "PACELINE_TOKENS",
    "PACELINE_STRAVA_CLIENT_ID",
    "PACELINE_STRAVA_CLIENT_SECRET",
    "PACELINE_STRAVA_ACCOUNTS",
    "PACELINE_WAREHOUSE",
    "PACELINE_WAREHOUSE_PASSWORD",
}
REFUSED, UNAVAILABLE = 77, 69


def live(env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    command = [CHECKOUT / "dev" / "python", "-m", "paceline_live"]
    return subprocess.run(command, env=clean_environment(env), capture_output=True, text=True, check=False, timeout=300)


@pytest.fixture
def stack(new_stack: NewStack) -> Stack:
    """As live as it gets: its clock is this machine's."""
    stack = new_stack("--activities", "30", athletes=2)
    stack.sandbox.control("PUT", "clock", {"now": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"})
    stack.sandbox.control("DELETE", "calls")
    return stack


def settings(stack: Stack) -> dict[str, str]:
    return {**stack.extract_environment(), **stack.load_environment()}


def calls(stack: Stack) -> dict[str, int]:
    counted = stack.sandbox.control("GET", "calls")
    return {endpoint: sum(by_status.values()) for endpoint, by_status in counted.items()}


def test_it_is_skipped_and_names_each_variable_that_is_missing() -> None:
    done = live({"PACELINE_LAKE": "file:///nowhere", "PACELINE_TOKENS": " "})
    assert done.returncode == 0, done.stderr
    assert "SKIPPED" in done.stdout
    assert {line.strip() for line in done.stdout.splitlines()[1:]} == NEEDED - {"PACELINE_LAKE"}


def test_a_token_that_is_due_is_renewed_and_its_successor_is_the_one_that_lies_in_the_store(stack: Stack) -> None:
    done = live(settings(stack))
    assert done.returncode == 0, done.stdout + done.stderr

    account, athlete = next(iter(stack.athletes().items()))
    stored = json.loads((stack.variant.tokens / f"strava-{account}.json").read_text())
    assert stored["refresh_token"] == athlete["refresh_token"]
    assert "rotation   due: the new token is good until" in done.stdout
    assert done.stdout.endswith("test-live: PASSED\n")
    assert stored["refresh_token"] not in done.stdout + done.stderr
    assert stored["access_token"] not in done.stdout + done.stderr


def test_it_spends_no_more_calls_than_it_says_and_leaves_nothing_behind(stack: Stack) -> None:
    before = sorted(stack.variant.lake.rglob("*"))
    done = live(settings(stack))
    assert done.returncode == 0, done.stdout + done.stderr

    spent = calls(stack)
    assert spent.pop("/oauth/token") == 1
    assert spent == {"/athlete": 1, "/athlete/activities": 1, "/activities/{id}": 1}
    assert "calls      3, of 5 at most" in done.stdout
    left = [path for path in sorted(stack.variant.lake.rglob("*")) if path.is_file() and path.name != ".lock"]
    assert left == [path for path in before if path.is_file()]
    assert stack.warehouse.rows("select from information_schema.tables where table_schema = 'strava'") == []


def test_a_token_that_is_still_good_is_not_used_up(stack: Stack) -> None:
    assert live(settings(stack)).returncode == 0
    tokens = {path: path.read_text() for path in stack.variant.tokens.glob("*.json")}
    stack.sandbox.control("DELETE", "calls")
    done = live(settings(stack))
    assert done.returncode == 0, done.stdout + done.stderr

    assert "rotation   not due: the token is good until" in done.stdout
    assert "/oauth/token" not in calls(stack)
    assert {path: path.read_text() for path in stack.variant.tokens.glob("*.json")} == tokens


def test_a_token_that_was_revoked_ends_it_with_the_line_to_type(stack: Stack) -> None:
    account, athlete = next(iter(stack.athletes().items()))
    stack.sandbox.control("POST", f"athletes/{athlete['id']}/revoke")
    done = live(settings(stack))
    assert done.returncode == REFUSED
    assert f"extract authorize strava --account {account}" in done.stderr
    assert "PASSED" not in done.stdout


def test_an_object_of_an_s3_lake_is_put_read_and_deleted(stack: Stack, s3: dict[str, str]) -> None:  # noqa: F811
    done = live({**settings(stack), **s3})
    assert done.returncode == 0, done.stdout + done.stderr
    assert "put, read and deleted one object in s3://lake/some/prefix" in done.stdout


def test_a_bucket_that_is_not_there_is_named(stack: Stack, s3: dict[str, str]) -> None:  # noqa: F811
    done = live({**settings(stack), **s3, "PACELINE_LAKE": "s3://no-such-bucket/lake"})
    assert done.returncode == UNAVAILABLE
    assert "s3://no-such-bucket/lake" in done.stderr
    assert "PASSED" not in done.stdout
