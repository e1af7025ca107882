"""The page of costs has what its tables say, and the tables say what they must."""

import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from paceline_aws.cost import BEGIN, END, PAGE, TABLES, Costs, money, page, rendered
from paceline_local.failure import Failure


@pytest.fixture(scope="module")
def costs() -> Costs:
    return Costs.read()


def test_the_page_has_what_the_tables_say(costs: Costs) -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert page(text, rendered(costs)) == text, "run `dev/python -m paceline_aws.cost --write`"


def test_a_changed_price_changes_the_page(tmp_path: Path) -> None:
    folder = shutil.copytree(TABLES, tmp_path / "cost")
    prices = (folder / "prices.csv").read_text()
    (folder / "prices.csv").write_text(prices.replace("nat_hour,NAT gateway,hour,0.045", "nat_hour,NAT gateway,hour,0.045001"))
    text = PAGE.read_text(encoding="utf-8")
    assert page(text, rendered(Costs.read(folder))) != text


def test_a_total_is_the_sum_of_what_is_chosen_and_of_what_is_always_there(costs: Costs) -> None:
    chosen = costs.total("egress", "nat") + costs.total("warehouse", "db.t4g.medium") + costs.total("orchestrator", "mw1.small")
    assert costs.of_example("company") == chosen + costs.total("tasks", "ARM64") + costs.always()
    assert costs.total("egress", "nat") == Decimal("730") * (Decimal("0.045") + Decimal("0.005")) + 2 * Decimal("0.045")


def test_each_example_chooses_every_part_once(costs: Costs) -> None:
    assert set(costs.examples) == {"household", "team", "prod", "company"}
    for chosen in costs.examples.values():
        assert set(chosen) == {"egress", "warehouse", "orchestrator", "tasks"}


def test_each_price_is_used_and_says_where_it_is_from(costs: Costs) -> None:
    choices = (TABLES / "choices.csv").read_text()
    assert [item for item in costs.prices if f",{item}," not in choices] == []
    for price in costs.prices.values():
        assert re.fullmatch(r"20\d\d(-\d\d){0,2}|undated|not read", price.read)
        assert price.source.startswith("https://")


@pytest.mark.parametrize(
    ("table", "line", "what"),
    [
        ("choices.csv", "egress,nat,nothing,1,why\n", "choices.csv names the item nothing"),
        ("examples.csv", "team,egress,nothing\n", "examples.csv names egress = nothing"),
    ],
)
def test_a_table_that_names_what_is_not_there_is_refused(tmp_path: Path, table: str, line: str, what: str) -> None:
    folder = shutil.copytree(TABLES, tmp_path / "cost")
    with (folder / table).open("a") as file:
        file.write(line)
    with pytest.raises(Failure, match=what):
        Costs.read(folder)


def test_a_page_without_a_place_for_the_tables_is_refused() -> None:
    with pytest.raises(Failure, match="has no place for the tables"):
        page(f"{END} and then {BEGIN}", "")


def test_what_costs_something_is_not_shown_as_nothing() -> None:
    assert [money(Decimal(usd)) for usd in ("0", "0.001", "0.005", "1.005", "36.59")] == [
        "0.00",
        "< 0.01",
        "0.01",
        "1.01",
        "36.59",
    ]
