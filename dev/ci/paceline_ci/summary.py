"""Sums what the suites left behind: XML of Surefire and pytest, JSON of dbt. A suite that left nothing fails."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from paceline_local.failure import exit_with
from paceline_local.java_build import MODULES
from paceline_local.paths import CHECKOUT, ROOT

RESULTS = ROOT / "results"


@dataclass(frozen=True)
class Sum:
    """Tests by how they ended; an error is a failure."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"

    @property
    def ran(self) -> bool:
        return self.passed + self.failed > 0


def from_junit(file: Path) -> Sum:
    """One XML file in the shape that Surefire and pytest share."""
    total = Sum()
    for suite in ElementTree.parse(file).iter("testsuite"):  # noqa: S314 our own
        tests, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        total += Sum(tests - failed - skipped, failed, skipped)
    return total


def from_pytest(suite: str, results: Path = RESULTS) -> Sum:
    """An empty Sum where the suite left nothing."""
    return _total(from_junit(report) for report in results.glob(f"{suite}.xml"))


def from_dbt(file: Path) -> Sum:
    """One result a test; a skipped one stood behind a failure. Of models only those that failed count."""
    rows = json.loads(file.read_text())["results"]
    states = [row["status"] for row in rows if "test." in row["unique_id"] or row["status"] in ("error", "fail")]
    passed = sum(state in ("success", "pass", "warn", "no-op") for state in states)
    skipped = sum(state == "skipped" for state in states)
    return Sum(passed, len(states) - passed - skipped, skipped)


def suites(checkout: Path = CHECKOUT, results: Path = RESULTS) -> dict[str, Sum]:
    """Every suite that must have run, by name; one without results is an empty Sum."""
    found = {}
    for module in MODULES:
        if any((checkout / module / "src" / "test").rglob("*Test.java")):
            reports = (checkout / module / "target" / "surefire-reports").glob("TEST-*.xml")
            found[f"java {module}"] = _total(from_junit(report) for report in reports)
    for name in ("python", "orchestration", "end-to-end"):
        found[name] = from_pytest(name, results)
    found["dbt"] = _total(from_dbt(report) for report in results.glob("dbt.json"))
    return found


def told(found: dict[str, Sum]) -> tuple[list[str], bool]:
    """The lines to print, the sum last, and whether all is well."""
    lines = [f"  {name:<18} {total if total.ran else 'did not run, or reported no tests'}" for name, total in found.items()]
    total = _total(found.values())
    missing = [name for name, suite in found.items() if not suite.ran]
    return [*lines, str(Sum(total.passed, total.failed + len(missing), total.skipped))], not (total.failed or missing)


def summarise() -> int:
    lines, well = told(suites())
    print(*lines, sep="\n")
    return 0 if well else 1


def _total(sums: Iterable[Sum]) -> Sum:
    return sum(sums, Sum())


if __name__ == "__main__":
    exit_with(summarise)
