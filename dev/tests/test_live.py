"""`make test-live` with a sandbox instead of Strava: what it proves, what it costs, and how it fails."""

import json
import subprocess
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import boto3
import pytest
import yaml
from paceline_live.lake_object import put_read_and_delete
from paceline_local.clean_environment import clean_environment
from paceline_local.failure import UNAVAILABLE, USAGE, Failure
from paceline_local.paths import CHECKOUT
from paceline_local.stack import Stack
from paceline_local.waiting import PATIENCE
from stacks import NewStack

# Each setting's variable and its key in `paceline.yaml`.
NEEDED = {
    "PACELINE_LAKE": "lake",
    "PACELINE_TOKENS": "tokens",
    "PACELINE_STRAVA_CLIENT_ID": "strava.client_id",
    "PACELINE_STRAVA_CLIENT_SECRET": "strava.client_secret",
    "PACELINE_STRAVA_ACCOUNTS": "strava.accounts",
    "PACELINE_WAREHOUSE": "warehouse",
    "PACELINE_WAREHOUSE_PASSWORD": "warehouse_password",
}
CONFIGURATION = 78
REFUSED = 77


def live(env: Mapping[str, str], folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Runs it; `folder` is where make was called."""
    command = [CHECKOUT / "dev" / "python", "-m", "paceline_live"]
    return subprocess.run(
        command, env=clean_environment(env), cwd=folder, capture_output=True, text=True, check=False, timeout=5 * PATIENCE
    )


@pytest.fixture
def stack(new_stack: NewStack) -> Stack:
    """A stack that is as close to live as possible: its clock is set to this machine's time."""
    stack = new_stack("--activities", "30", athletes=2)
    stack.sandbox.control("PUT", "clock", {"now": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"})
    stack.sandbox.control("DELETE", "calls")
    return stack


def settings(stack: Stack) -> dict[str, str]:
    return {**stack.extract_environment(), **stack.load_environment()}


def lake_files(stack: Stack) -> list[Path]:
    """The lake's files, without those that lock out a second process."""
    return sorted(path for path in stack.variant.lake.rglob("*") if path.is_file() and path.name != ".lock")


@pytest.fixture
def region(s3: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> str:
    """Makes this process use an S3 server with an empty bucket `lake`, and returns its region."""
    for name, value in s3.items():
        monkeypatch.setenv(name, value)
    return s3["AWS_REGION"]


def calls(stack: Stack) -> dict[str, int]:
    counted = stack.sandbox.control("GET", "calls")
    return {endpoint: sum(by_status.values()) for endpoint, by_status in counted.items()}


def test_it_is_skipped_and_names_each_setting_that_is_missing_by_variable_and_key(tmp_path: Path) -> None:
    (tmp_path / "paceline.yaml").write_text("strava: {client_id: '12345', accounts: []}\n")
    done = live({"PACELINE_LAKE": "file:///nowhere", "PACELINE_TOKENS": " "}, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "SKIPPED" in done.stdout
    missing = NEEDED.keys() - {"PACELINE_LAKE", "PACELINE_STRAVA_CLIENT_ID"}
    expected = {f"{variable}, or {NEEDED[variable]} in {tmp_path}/paceline.yaml" for variable in missing}
    assert {line.strip() for line in done.stdout.splitlines()[1:]} == expected


@pytest.mark.parametrize("named", [False, True])
def test_settings_are_read_from_a_file_as_the_commands_read_them(stack: Stack, tmp_path: Path, named: bool) -> None:
    variables = settings(stack)
    file: dict[str, Any] = {"strava": {}}
    for variable, key in NEEDED.items():
        section, _, name = key.rpartition(".")
        (file[section] if section else file)[name] = variables.pop(variable)
    file["strava"]["accounts"] = file["strava"]["accounts"].split(",")
    path = tmp_path / ("mine.yaml" if named else "paceline.yaml")
    path.write_text(yaml.safe_dump(file))
    done = live(variables | ({"PACELINE_CONFIG": path.name} if named else {}), tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("test-live: PASSED\n")


@pytest.mark.parametrize(
    ("text", "message"), [("lake: [", "not valid YAML in line"), ("- lake", "are not a mapping"), (None, "cannot be read")]
)
def test_an_invalid_settings_file_is_an_error(tmp_path: Path, text: str | None, message: str) -> None:
    if text is not None:
        (tmp_path / "mine.yaml").write_text(text)
    done = live({"PACELINE_CONFIG": "mine.yaml"}, tmp_path)
    assert done.returncode == CONFIGURATION
    assert f"{tmp_path}/mine.yaml" in done.stderr
    assert message in done.stderr


def test_a_token_that_is_due_is_refreshed_and_the_store_holds_the_new_one(stack: Stack) -> None:
    before = lake_files(stack)
    done = live(settings(stack))
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("test-live: PASSED\n")

    account, athlete = next(iter(stack.athletes().items()))
    stored = json.loads((stack.variant.tokens / f"strava-{account}.json").read_text())
    assert "rotation   due: the new token is good until" in done.stdout
    assert stored["refresh_token"] == athlete["refresh_token"]
    assert stored["refresh_token"] not in done.stdout + done.stderr
    assert stored["access_token"] not in done.stdout + done.stderr

    spent = calls(stack)
    assert spent.pop("/oauth/token") == 1
    assert spent == {"/athlete": 1, "/athlete/activities": 1, "/activities/{id}": 1}
    assert "calls      3, of 5 at most" in done.stdout

    assert lake_files(stack) == before
    assert stack.warehouse.rows("select from information_schema.tables where table_schema = 'strava'") == []


def test_a_token_that_is_still_valid_is_not_refreshed(stack: Stack) -> None:
    stack.extract("--streams", "athlete").or_fail("extract")
    tokens = {path: path.read_text() for path in stack.variant.tokens.glob("*.json")}
    stack.sandbox.control("DELETE", "calls")
    done = live(settings(stack))
    assert done.returncode == 0, done.stdout + done.stderr

    assert "rotation   not due: the token is good until" in done.stdout
    assert "/oauth/token" not in calls(stack)
    assert {path: path.read_text() for path in stack.variant.tokens.glob("*.json")} == tokens


def test_the_error_for_a_revoked_token_says_what_to_type(stack: Stack) -> None:
    account, athlete = next(iter(stack.athletes().items()))
    stack.sandbox.control("POST", f"athletes/{athlete['id']}/revoke")
    done = live(settings(stack))
    assert done.returncode == REFUSED
    assert f"extract authorize strava --account {account}" in done.stderr
    assert "PASSED" not in done.stdout


def test_an_object_of_an_s3_lake_is_put_read_and_deleted(region: str) -> None:
    assert put_read_and_delete("s3://lake/some/prefix", region) == "put, read and deleted one object in s3://lake/some/prefix"
    with closing(boto3.client("s3", region_name=region)) as client:
        assert client.list_objects_v2(Bucket="lake")["KeyCount"] == 0


def test_a_missing_bucket_is_named(region: str) -> None:
    with pytest.raises(Failure, match=r"s3://no-such-bucket/lake failed: .*NoSuchBucket") as failed:
        put_read_and_delete("s3://no-such-bucket/lake", region)
    assert failed.value.exit_code == UNAVAILABLE


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "lake").write_text("a file where the lake should be")
    with pytest.raises(Failure, match="/lake failed: "):
        put_read_and_delete((tmp_path / "lake").as_uri(), None)


def test_an_unsupported_lake_is_refused() -> None:
    with pytest.raises(Failure, match="ftp://x/y") as failed:
        put_read_and_delete("ftp://x/y", None)
    assert failed.value.exit_code == USAGE
