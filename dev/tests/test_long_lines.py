"""The heap of a laptop (`dev/java.options`) is enough for records as long as they may be, and no record ends in a crash."""

import itertools
from collections.abc import Iterable, Iterator

import pytest
from lake_writer import commit_lines, envelope
from paceline_local.stack import SOURCE, Stack
from stacks import NewStack

MAX_LINE = 8 << 20
TEXT_COLUMNS = [
    *("name", "type", "sport_type", "timezone", "location_city", "location_state", "location_country"),
    *("visibility", "gear_id", "upload_id_str", "external_id", "device_name"),
]
TYPES = b'"start_date":"2026-10-30T07:00:00Z"'


@pytest.fixture
def stack(new_stack: NewStack) -> Stack:
    stack = new_stack("--activities", "1")
    stack.extract("--streams", "athlete,activities").or_fail("extract")
    return stack


def commit(stack: Stack, members: Iterable[bytes]) -> None:
    """Commits an activity for each member. Lazily: what this process holds counts as memory of those that it starts."""
    account = next((stack.variant.lake / "log" / SOURCE).iterdir()).name
    lines = (envelope(account, 900 + place, TYPES + b"," + member) for place, member in enumerate(members))
    commit_lines(stack.variant.lake, SOURCE, "activities", lines)


def filled(name: str, character: str, size: int = MAX_LINE - 1000) -> bytes:
    return f'"{name}":"{character * (size // len(character.encode()))}"'.encode()


def numbers(name: str, count: int) -> bytes:
    return f'"{name}":[{",".join("1" * count)}]'.encode()


def longest() -> Iterator[bytes]:
    yield from (filled("name", "a") for _ in range(4))
    yield from (filled("name", "é") for _ in range(2))
    yield from (filled("unknown", "🚴") for _ in range(2))
    yield from (numbers("start_latlng", 1_300_000) for _ in range(2))
    yield from (numbers("unknown", 4_000_000) for _ in range(2))
    yield filled("name", "\\u00e9")


def test_the_longest_records_are_loaded(stack: Stack) -> None:
    commit(stack, longest())
    report = stack.load().or_fail("load run")
    assert report["tables"]["activities"]["staged"] == 14
    sizes = (
        "select sum(length(name)), sum(array_length(start_latlng, 1)), sum(length(_rest ->> 'unknown'))"
        " from strava.activities where id between 900 and 999"
    )
    ((name, latlng, unknown),) = stack.warehouse.rows(sizes)
    assert name > 5 * MAX_LINE
    assert latlng == 2_600_000
    assert unknown > 4_000_000


def test_long_values_of_different_columns_do_not_add_up(stack: Stack) -> None:
    commit(stack, (filled(column, "a") for column in TEXT_COLUMNS))
    report = stack.load("stage").or_fail("load stage")
    assert report["tables"]["activities"]["staged"] == len(TEXT_COLUMNS) + 1


def test_lines_that_are_all_key_are_rejected_and_shown_in_part(stack: Stack) -> None:
    account = next((stack.variant.lake / "log" / SOURCE).iterdir()).name
    line = envelope(account, 900, TYPES).replace(b"[900]", b'["' + b"9" * (MAX_LINE - 1000) + b'"]')
    commit_lines(stack.variant.lake, SOURCE, "activities", itertools.repeat(line, 6))
    outcome = stack.load("stage")
    assert outcome.exit_code == 65
    what = outcome.report["error"]["what"]
    assert what.startswith('6 records do not fit their tables: activities ["999')
    assert len(what) < 10_000


def too_much() -> Iterator[bytes]:
    yield from (filled("name", "a", 2 * MAX_LINE) for _ in range(2))
    yield filled("name", "a", MAX_LINE)
    yield numbers("start_latlng", 2_000_000)
    yield numbers("start_latlng", 4_000_000)
    yield b'"distance":1e999999999'
    yield b'"kudos_count":1e-99999999999999999999'
    yield b'"unknown":[1e999999999]'
    yield b'"unknown":' + b"9" * 1_000_000
    yield b'"unknown":' + b"[" * 100_000 + b"]" * 100_000


def test_longer_ones_are_rejected_by_name_and_not_by_a_crash(stack: Stack) -> None:
    commit(stack, too_much())
    outcome = stack.load("stage")
    assert outcome.exit_code == 65
    what = outcome.report["error"]["what"]
    assert what.startswith("10 records do not fit their tables: activities [900], line 1 of ")
    assert what.count("the line is longer than 8 MiB") == 3
    assert what.count('column "start_latlng"') == 2
    assert what.endswith("; and 5 more")
