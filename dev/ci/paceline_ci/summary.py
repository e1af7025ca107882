"""Sums up the results of the suites: XML of Surefire and pytest, JSON of dbt. A suite without results fails."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from paceline_local.failure import exit_with
from paceline_local.java_build import MODULES
from paceline_local.paths import CHECKOUT, ROOT

RESULTS = ROOT / "results"
# They need Docker and Terraform, so they count only where they ran.
CONTAINERS = "containers"
IAC = "iac"


@dataclass(frozen=True)
class Counts:
    """Tests by result; an error counts as a failure."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"

    @property
    def ran(self) -> bool:
        return self.passed + self.failed > 0


def from_junit(file: Path) -> Counts:
    """One XML file in the format that Surefire and pytest share."""
    total = Counts()
    for suite in ElementTree.parse(file).iter("testsuite"):  # noqa: S314 our own
        tests, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        total += Counts(tests - failed - skipped, failed, skipped)
    return total


def from_pytest(suite: str, results: Path = RESULTS) -> Counts:
    """Empty Counts if the suite has no results."""
    return _total(from_junit(report) for report in results.glob(f"{suite}.xml"))


def from_dbt(file: Path) -> Counts:
    """Each test counts once; a skipped one depends on a failure. Of models, only failed ones count."""
    rows = json.loads(file.read_text())["results"]
    states = [row["status"] for row in rows if "test." in row["unique_id"] or row["status"] in ("error", "fail")]
    passed = sum(state in ("success", "pass", "warn", "no-op") for state in states)
    skipped = sum(state == "skipped" for state in states)
    return Counts(passed, len(states) - passed - skipped, skipped)


def suites(checkout: Path = CHECKOUT, results: Path = RESULTS) -> dict[str, Counts]:
    """Every suite that must have run, and those of containers and iac if they ran; one without results has empty Counts."""
    found = {}
    for module in MODULES:
        if any((checkout / module / "src" / "test").rglob("*Test.java")):
            reports = (checkout / module / "target" / "surefire-reports").glob("TEST-*.xml")
            found[f"java {module}"] = _total(from_junit(report) for report in reports)
    for name in ("python", "orchestration", "end-to-end"):
        found[name] = from_pytest(name, results)
    for name in (CONTAINERS, IAC):
        if (results / f"{name}.xml").exists():
            found[name] = from_pytest(name, results)
    found["dbt"] = _total(from_dbt(report) for report in results.glob("dbt.json"))
    return found


def summary_lines(found: dict[str, Counts]) -> tuple[list[str], bool]:
    """The lines to print, the total last, and whether everything passed."""
    lines = [f"  {name:<22} {total if total.ran else 'did not run, or reported no tests'}" for name, total in found.items()]
    total = _total(found.values())
    missing = [name for name, suite in found.items() if not suite.ran]
    return [*lines, str(Counts(total.passed, total.failed + len(missing), total.skipped))], not (total.failed or missing)


def summarise() -> int:
    lines, ok = summary_lines(suites())
    print(*lines, sep="\n")
    return 0 if ok else 1


def _total(sums: Iterable[Counts]) -> Counts:
    return sum(sums, Counts())


if __name__ == "__main__":
    exit_with(summarise)
