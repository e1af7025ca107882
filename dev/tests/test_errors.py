"""Bad input to the real processes: an error with the value and the remedy, the right exit code, no stack trace, no secret."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from paceline_local.binaries import for_this_machine
from paceline_local.commands import Outcome, run_jar
from paceline_local.ports import free_port
from paceline_local.postgres import Postgres
from paceline_local.stack import Stack
from paceline_local.tools import Tools
from paceline_local.warehouse import Warehouse
from stacks import NewStack

USAGE, UNAVAILABLE, CREDENTIALS, CONFIGURATION = 64, 69, 77, 78
PLANTED = "planted-8d1f0c"
OLD_POSTGRES = "16.9.0"


@dataclass(frozen=True)
class Case:
    """Arguments and variables with a mistake that a user might make; None removes a variable."""

    jar: str
    arguments: tuple[str, ...]
    exit_code: int
    shows: str
    env: dict[str, str | None] = field(default_factory=dict)


UNREACHABLE_LAKE: dict[str, str | None] = {
    "PACELINE_LAKE": "s3://nowhere/lake",
    "AWS_ENDPOINT_URL_S3": "http://127.0.0.1:{closed}",
    "AWS_ACCESS_KEY_ID": "key",
    "AWS_SECRET_ACCESS_KEY": PLANTED,
    "AWS_REGION": "us-east-1",
}
UNREACHABLE_WAREHOUSE: dict[str, str | None] = {"PACELINE_WAREHOUSE": "postgresql://paceline@127.0.0.1:{closed}/warehouse"}

CASES = {
    "extract-wrong-option": Case("extract", ("sync", "strava", "--lakes", "x"), USAGE, "--lakes"),
    "extract-unknown-source": Case("extract", ("sync", "strawa"), USAGE, "strawa"),
    "extract-impossible-day": Case("extract", ("sync", "strava", "--ds", "2026-02-31"), USAGE, "2026-02-31"),
    "extract-unsupported-lake": Case("extract", ("sync", "strava", "--lake", "ftp://x/y"), USAGE, "ftp://x/y"),
    "extract-no-client-secret": Case(
        "extract",
        ("sync", "strava"),
        CONFIGURATION,
        "PACELINE_STRAVA_CLIENT_SECRET",
        {"PACELINE_STRAVA_CLIENT_SECRET": None},
    ),
    "extract-no-token": Case("extract", ("sync", "strava"), CREDENTIALS, "nobody", {"PACELINE_STRAVA_ACCOUNTS": "nobody"}),
    "extract-refused-secret": Case(
        "extract", ("sync", "strava"), CREDENTIALS, "{account}", {"PACELINE_STRAVA_CLIENT_SECRET": PLANTED}
    ),
    "extract-unreachable-api": Case(
        "extract",
        ("sync", "strava"),
        UNAVAILABLE,
        "127.0.0.1:{closed}",
        {
            "PACELINE_STRAVA_API_URL": "http://127.0.0.1:{closed}/api/v3",
            "PACELINE_STRAVA_OAUTH_URL": "http://127.0.0.1:{closed}/oauth",
        },
    ),
    "extract-unreachable-lake": Case(
        "extract",
        ("sync", "strava"),
        UNAVAILABLE,
        "s3://nowhere",
        UNREACHABLE_LAKE,
    ),
    "load-wrong-option": Case("load", ("run", "strava", "--warehouses", "x"), USAGE, "--warehouses"),
    "load-unknown-step": Case("load", ("publisch", "strava"), USAGE, "publisch"),
    "load-unknown-source": Case("load", ("run", "strawa"), USAGE, "strawa"),
    "load-password-in-url": Case(
        "load",
        ("run", "strava"),
        CONFIGURATION,
        "password",
        {"PACELINE_WAREHOUSE": f"postgresql://paceline:{PLANTED}@127.0.0.1:5432/warehouse"},
    ),
    "load-no-password": Case(
        "load",
        ("run", "strava"),
        CREDENTIALS,
        "PACELINE_WAREHOUSE_PASSWORD",
        {"PACELINE_WAREHOUSE_PASSWORD": None},
    ),
    "load-refused-password": Case("load", ("run", "strava"), CREDENTIALS, "paceline", {"PACELINE_WAREHOUSE_PASSWORD": PLANTED}),
    "load-unreachable-database": Case(
        "load",
        ("run", "strava"),
        UNAVAILABLE,
        "127.0.0.1:{closed}",
        UNREACHABLE_WAREHOUSE,
    ),
    "load-unreachable-lake": Case(
        "load",
        ("run", "strava"),
        UNAVAILABLE,
        "s3://nowhere",
        UNREACHABLE_LAKE,
    ),
    **{
        f"load-{step}-no-lake": Case(
            "load",
            (step, "strava"),
            CONFIGURATION,
            "file:///nowhere/lkae/ there is no lake",
            {"PACELINE_LAKE": "file:///nowhere/lkae"},
        )
        for step in ("run", "stage", "status")
    },
    **{
        f"load-{step}-{name}": Case("load", (step, "strava", *words), exit_code, shows, env)
        for step in ("stage", "check", "publish", "discard", "status")
        for name, words, exit_code, shows, env in (
            ("wrong-option", ("--warehouses", "x"), USAGE, "--warehouses", {}),
            (
                "unreachable-database",
                (),
                UNAVAILABLE,
                "127.0.0.1:{closed}",
                UNREACHABLE_WAREHOUSE,
            ),
        )
    },
}


def run(stack: Stack, case: Case, log: Path) -> tuple[Outcome, str]:
    """Returns the outcome and the text that the error should contain."""
    values = {"closed": str(free_port()), "account": next(iter(stack.athletes()))}
    env = stack.extract_environment() if case.jar == "extract" else stack.load_environment()
    for name, value in case.env.items():
        if value is None:
            env.pop(name)
        else:
            env[name] = value.format(**values)
    return run_jar(stack.tools, case.jar, case.arguments, env, log), case.shows.format(**values)


def assert_one_error(outcome: Outcome, exit_code: int, shows: str) -> None:
    output = outcome.log.read_text()
    assert outcome.exit_code == exit_code, output
    assert "\tat " not in output
    assert "Exception in thread" not in output
    assert PLANTED not in output
    assert len(outcome.errors()) == 1, f"no report with one error in: {output}"
    error = outcome.errors()[0]
    assert all(error[part] for part in ("doing", "what", "remedy")), error
    text = " ".join(error.values())
    assert shows in text
    assert "\n" not in text


@pytest.mark.parametrize("name", CASES)
def test_bad_input_is_one_sentence_and_an_exit_code(name: str, untouched: Stack, tmp_path: Path) -> None:
    case = CASES[name]
    outcome, shows = run(untouched, case, tmp_path / f"{name}.log")
    assert_one_error(outcome, case.exit_code, shows)


def test_an_old_postgres_is_refused_before_anything_is_created(new_stack: NewStack, tools: Tools, tmp_path: Path) -> None:
    binaries = for_this_machine(OLD_POSTGRES)
    if not binaries.is_unpacked():
        binaries.unpack(tools)
    postgres = Postgres(tmp_path / "old", binaries)
    stack = new_stack()
    stack.extract().or_fail("extract")
    try:
        old: Warehouse = postgres.start()
        outcome = Stack(stack.tools, stack.variant, stack.sandbox, old).load()
        assert_one_error(outcome, CONFIGURATION, "16")
        assert old.rows("select count(*) from pg_namespace where nspname in ('strava', 'strava_stage', 'ops')") == [(0,)]
    finally:
        postgres.stop()
