"""A figure is one JSON line with three significant digits."""

import json

import pytest
from paceline_bench.figure import Figure, median, table_lines


@pytest.mark.parametrize(("value", "short"), [(0.0, 0), (0.123456, 0.123), (3.14159, 3.14), (110432.7, 110000), (999.6, 1000)])
def test_figures_are_rounded_to_three_digits(value: float, short: float) -> None:
    line = json.loads(Figure("load.noop_s", value, "s", "x", 1.0).line())
    assert line == {"name": "load.noop_s", "value": short, "unit": "s", "against": "x", "ratio": 1.0}


def test_the_median_uses_that_many_runs() -> None:
    values = iter([9.0, 1.0, 2.0])
    assert median(3, lambda: next(values)) == 2.0
    assert next(values, None) is None


def test_the_table_names_its_columns() -> None:
    assert table_lines([Figure("a", 1.0, "s", "b", 2.0)])[0].split() == ["figure", "value", "bound", "unit", "ratio", "against"]


@pytest.mark.parametrize(
    ("name", "value", "bound"),
    [
        ("extract.peak_mb", 256.0, "<= 256"),
        ("extract.peak_mb", 256.1, "<= 256 MISSED"),
        ("extract.summaries.rows_per_s", 500.0, ">= 500"),
        ("extract.summaries.rows_per_s", 499.9, ">= 500 MISSED"),
        ("load.noop_s", 1e6, "-"),
    ],
)
def test_a_figure_that_misses_its_bound_is_marked(name: str, value: float, bound: str) -> None:
    _, row = table_lines([Figure(name, value, "unit", "floor", 1.0)])
    assert row.partition("unit")[0].strip().endswith(f" {bound}")
