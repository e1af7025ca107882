"""The numbers that alarms watch, held against what the images really print."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from filter_patterns import PatternError, matches
from mocked import outputs, planned
from orchestrator_given import NAME
from paceline_dbt.exits import Exit
from paceline_dbt.failure import Failure
from paceline_dbt.report import Report
from paceline_local.commands import run_jar
from paceline_local.sandbox import Sandbox
from paceline_local.tokens import put_first_token
from paceline_local.tools import Tools
from terraform import ACCOUNT, REGION, copy_of_iac

Lines = list[str]


@pytest.fixture(scope="module")
def patterns(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    module = copy_of_iac(tmp_path_factory.mktemp("observability")) / "modules" / "observability"
    place = {"name": NAME, "account_id": ACCOUNT, "region": REGION}
    choices = {"retention_days": 30, "alarm_email": None, "monthly_budget_usd": None, "quiet_hours": 36}
    return outputs(planned(module, {**place, **choices}))["metrics"]


def counted(patterns: dict[str, str], lines: Lines) -> dict[str, int]:
    """How often each number is counted for the log of a container."""
    numbers = {name: sum(matches(pattern, line) for line in lines) for name, pattern in patterns.items()}
    return {name: number for name, number in numbers.items() if number}


class Extract:
    """The extract image's command, on a simulated athlete."""

    def __init__(self, tools: Tools, sandbox: Sandbox, folder: Path) -> None:
        self.sandbox = sandbox
        self._tools, self._folder = tools, folder
        [athlete] = sandbox.control("GET", "athletes")
        put_first_token(folder / "tokens", "strava", "ann", athlete)

    def lines(self, **env: str) -> Lines:
        (self._folder / "lake").mkdir(exist_ok=True)
        settings = {
            **self.sandbox.for_extract(),
            "PACELINE_LAKE": (self._folder / "lake").as_uri(),
            "PACELINE_TOKENS": (self._folder / "tokens").as_uri(),
            "PACELINE_STRAVA_ACCOUNTS": "ann",
        }
        outcome = run_jar(self._tools, "extract", ["sync", "strava"], {**settings, **env}, self._folder / "extract.log")
        return outcome.log.read_text().splitlines()


@pytest.fixture(scope="module")
def tools() -> Tools:
    return Tools.found()


@pytest.fixture
def extract(tools: Tools, tmp_path: Path) -> Iterator[Extract]:
    world = ["--athletes", "1", "--years", "1", "--activities", "12", "--clock", "2026-10-31T05:00:00Z", "--limits", "off"]
    sandbox = Sandbox(tmp_path / "sandbox", world)
    try:
        yield Extract(tools, sandbox.start(tools), tmp_path)
    finally:
        sandbox.stop()


def test_an_extract_that_reads_everything_is_one_end_of_a_green_run(patterns: dict[str, str], extract: Extract) -> None:
    assert counted(patterns, extract.lines()) == {"read": 1}


def test_a_spent_budget_is_told_and_is_no_failure(patterns: dict[str, str], extract: Extract) -> None:
    extract.sandbox.control("PUT", "limits", {"limits": "8/1000,8/1000"})
    assert counted(patterns, extract.lines()) == {"budget-spent": 1, "read": 1}


def test_an_extract_whose_credentials_are_refused_has_failed(patterns: dict[str, str], extract: Extract) -> None:
    assert counted(patterns, extract.lines(PACELINE_STRAVA_CLIENT_SECRET="wrong")) == {"failed": 1}


def test_a_load_that_knows_no_warehouse_has_failed(patterns: dict[str, str], tools: Tools, tmp_path: Path) -> None:
    outcome = run_jar(tools, "load", ["run", "strava"], {"PACELINE_LAKE": "nowhere"}, tmp_path / "load.log")
    assert outcome.exit_code == 64
    assert counted(patterns, outcome.log.read_text().splitlines()) == {"failed": 1}


def test_a_command_that_ends_well_is_not_counted_unless_it_is_an_end_of_the_run(
    patterns: dict[str, str], tools: Tools, tmp_path: Path
) -> None:
    outcome = run_jar(tools, "extract", ["validate", "strava"], {}, tmp_path / "extract.log")
    assert (outcome.exit_code, outcome.report["exit"]) == (0, 0)
    assert counted(patterns, outcome.log.read_text().splitlines()) == {}


@pytest.mark.parametrize(
    ("step", "exit_", "numbers"),
    [
        ("build", Exit.DONE, {"built": 1}),
        ("test", Exit.DONE, {}),
        ("build", Exit.UNUSABLE, {"failed": 1}),
        ("build", Exit.UNAVAILABLE, {"failed": 1}),
        ("build", Exit.TRY_AGAIN, {}),
    ],
)
def test_dbt_is_the_other_end_of_a_green_run(patterns: dict[str, str], step: str, exit_: Exit, numbers: dict[str, int]) -> None:
    failure = None if exit_ is Exit.DONE else Failure(exit_, "Building", "it failed", "look")
    lines = ["01:02:03  Running with dbt=1.11.16", Report(step).line(failure)]
    assert counted(patterns, lines) == numbers


def test_lines_that_are_no_reports_are_not_counted(patterns: dict[str, str]) -> None:
    state_machine = {"type": "TaskFailed", "details": {"cause": '{"report": "load", "exit": 65}'}, "exit": 65}
    assert (
        counted(patterns, ["", "Killed", "[1]", '"text"', json.dumps({"level": "INFO", "exit": 70}), json.dumps(state_machine)])
        == {}
    )


@pytest.mark.parametrize(
    "pattern",
    [
        "report",
        "{ $.report IS NULL }",
        '{ $.a.b = "x" }',
        "{ $.a > 1 }",
        "{ ($.a = 1 }",
        "{ $.a = 1 && }",
        "{ $.a = 1 $.b = 2 }",
        "{ && $.a = 1 }",
        "{ $.a = 1.5 }",
        "{ $.a = %x% }",
    ],
)
def test_a_pattern_with_something_unknown_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        matches(pattern, '{"a": 1, "b": 2}')


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("{ $.a = 1 }", True),
        ("{ $.a != 1 }", False),
        ("{ $.missing != 1 }", False),
        ('{ $.a != "1" }', False),
        ('{ $.s = "te*" }', True),
        ("{ ($.a = 2) || ($.a = 1) && ($.b = 2) }", True),
        ("{ (($.a = 2) || ($.a = 1)) && ($.b = 3) }", False),
    ],
)
def test_patterns_are_evaluated_as_cloudwatch_documents_it(pattern: str, expected: bool) -> None:
    assert matches(pattern, '{"a": 1, "b": 2, "s": "text"}') == expected
