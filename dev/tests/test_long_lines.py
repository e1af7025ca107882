"""The heap of a laptop (`dev/java.options`) is enough for records as long as they may be, and no record ends in a crash."""

import subprocess
import sys
from pathlib import Path

import long_lines
import pytest
from long_lines import MAX_LINE, TEXT_COLUMNS
from paceline_local.stack import Stack
from stacks import NewStack


@pytest.fixture
def stack(new_stack: NewStack) -> Stack:
    stack = new_stack("--activities", "1")
    stack.extract("--streams", "athlete,activities").or_fail("extract")
    return stack


def commit(stack: Stack, kind: str) -> None:
    subprocess.run([sys.executable, Path(long_lines.__file__), stack.variant.lake, kind], check=True)


def test_the_longest_records_are_loaded(stack: Stack) -> None:
    commit(stack, "longest")
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
    commit(stack, "different_columns")
    report = stack.load("stage").or_fail("load stage")
    assert report["tables"]["activities"]["staged"] == len(TEXT_COLUMNS) + 1


def test_lines_that_are_all_key_are_rejected_and_shown_in_part(stack: Stack) -> None:
    commit(stack, "keys")
    outcome = stack.load("stage")
    assert outcome.exit_code == 65
    what = outcome.report["error"]["what"]
    assert what.startswith('6 records do not fit their tables: activities ["999')
    assert len(what) < 10_000


def test_longer_ones_are_rejected_by_name_and_not_by_a_crash(stack: Stack) -> None:
    commit(stack, "too_much")
    outcome = stack.load("stage")
    assert outcome.exit_code == 65
    what = outcome.report["error"]["what"]
    assert what.startswith("10 records do not fit their tables: activities [900], line 1 of ")
    assert what.count("the line is longer than 8 MiB") == 3
    assert what.count('column "start_latlng"') == 2
    assert what.endswith("; and 5 more")
