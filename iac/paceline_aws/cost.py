"""What a deployment costs a month: the tables of docs/reference/cost.md, computed from iac/cost/*.csv.

`dev/python -m paceline_aws.cost` says whether the page has them; `--write` writes them into it.
"""

import argparse
import csv
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Self

from paceline_local.failure import Failure, exit_with
from paceline_local.paths import CHECKOUT

TABLES = CHECKOUT / "iac" / "cost"
PAGE = CHECKOUT / "docs" / "reference" / "cost.md"
BEGIN = "<!-- begin: written by `dev/python -m paceline_aws.cost --write` from iac/cost -->"
END = "<!-- end -->"
# What every deployment has, whatever is chosen.
ALWAYS = "always"


@dataclass(frozen=True)
class Price:
    """A list price. `read` is the date of the page on which it was read, or `not read` if it is from memory."""

    what: str
    unit: str
    usd: Decimal
    read: str
    source: str


@dataclass(frozen=True)
class Share:
    """A part of what a choice costs a month."""

    why: str
    usd: Decimal


@dataclass(frozen=True)
class Costs:
    """The shares of each choice, by part and choice; and which choice an example makes for a part."""

    prices: dict[str, Price]
    choices: dict[str, dict[str, list[Share]]]
    examples: dict[str, dict[str, str]]

    @classmethod
    def read(cls, folder: Path = TABLES) -> Self:
        prices = {
            row["item"]: Price(row["what"], row["unit"], Decimal(row["usd"]), row["read"], row["source"])
            for row in _rows(folder / "prices.csv")
        }
        choices: dict[str, dict[str, list[Share]]] = {}
        for row in _rows(folder / "choices.csv"):
            if row["item"] not in prices:
                raise Failure(f"choices.csv names the item {row['item']}.", "Give it a price in prices.csv.")
            usd = Decimal(row["quantity"]) * prices[row["item"]].usd
            choices.setdefault(row["part"], {}).setdefault(row["choice"], []).append(Share(row["why"], usd))
        examples: dict[str, dict[str, str]] = {}
        for row in _rows(folder / "examples.csv"):
            if row["choice"] not in choices.get(row["part"], {}):
                raise Failure(f"examples.csv names {row['part']} = {row['choice']}.", "Add it to choices.csv.")
            examples.setdefault(row["example"], {})[row["part"]] = row["choice"]
        return cls(prices, choices, examples)

    def total(self, part: str, choice: str) -> Decimal:
        return sum((share.usd for share in self.choices[part][choice]), Decimal())

    def always(self) -> Decimal:
        return sum((self.total(ALWAYS, choice) for choice in self.choices[ALWAYS]), Decimal())

    def of_example(self, example: str) -> Decimal:
        chosen = self.examples[example].items()
        return self.always() + sum((self.total(part, choice) for part, choice in chosen), Decimal())


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines, strict=True))


def money(usd: Decimal) -> str:
    """To the cent; what costs something is never 0.00."""
    if 0 < usd < Decimal("0.005"):
        return "< 0.01"
    return str(usd.quantize(Decimal("0.01"), ROUND_HALF_UP))


def rendered(costs: Costs) -> str:
    """The generated part of the page."""
    return "\n".join([*_examples(costs), *_choices(costs), *_prices(costs)])


def _examples(costs: Costs) -> Iterable[str]:
    parts = [part for part in costs.choices if any(part in chosen for chosen in costs.examples.values())]
    yield from ("## Examples", "", _row("USD a month", *costs.examples), _row(*["---"] * (1 + len(costs.examples))))
    for part in parts:
        chosen = [costs.examples[example][part] for example in costs.examples]
        yield _row(part, *(f"`{choice}`: {money(costs.total(part, choice))}" for choice in chosen))
    yield _row("always there", *[money(costs.always())] * len(costs.examples))
    yield _row("**together**", *(f"**{money(costs.of_example(example))}**" for example in costs.examples))
    yield ""


def _choices(costs: Costs) -> Iterable[str]:
    yield from ("## Each choice", "")
    for part, choices in costs.choices.items():
        yield from (_row(part, "USD a month", "of which"), _row("---", "---", "---"))
        for choice, shares in choices.items():
            of_which = ", ".join(f"{share.why}: {money(share.usd)}" if share.usd else share.why for share in shares)
            yield _row(f"`{choice}`", money(costs.total(part, choice)), of_which)
        yield ""


def _prices(costs: Costs) -> Iterable[str]:
    yield from ("## The prices", "", _row("what", "USD", "per", "read", "where"), _row(*["---"] * 5))
    for price in costs.prices.values():
        host = price.source.split("/")[2].removeprefix("www.")
        yield _row(price.what, f"{price.usd.normalize():f}", price.unit, price.read, f"[{host}]({price.source})")


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def page(text: str, generated: str) -> str:
    """The page's text with this generated part."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise Failure(f"{PAGE} has no place for the tables.", f"Put the lines {BEGIN} and {END} into it.")
    return f"{before}{BEGIN}\n\n{generated}\n\n{END}{after}"


def main() -> int:
    parser = argparse.ArgumentParser(description="Computes the tables of docs/reference/cost.md.")
    parser.add_argument("--write", action="store_true", help="write them into the page")
    write = parser.parse_args().write
    text = PAGE.read_text(encoding="utf-8")
    wanted = page(text, rendered(Costs.read()))
    if write:
        PAGE.write_text(wanted, encoding="utf-8")
    elif wanted != text:
        raise Failure(f"{PAGE} and the tables in {TABLES} disagree.", "Run `dev/python -m paceline_aws.cost --write`.")
    else:
        print("The page has what the tables say.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    exit_with(main)
