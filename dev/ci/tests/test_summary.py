"""The summary counts every suite, and one without results is a failure."""

import json
from pathlib import Path

import pytest
from paceline_ci.summary import Counts, suites, summary_lines


def put(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def junit(tests: int, failures: int = 0, errors: int = 0, skipped: int = 0) -> str:
    counts = f'tests="{tests}" failures="{failures}" errors="{errors}" skipped="{skipped}"'
    return f"<testsuites><testsuite {counts}/></testsuites>"


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """Everything ran and passed."""
    folder = tmp_path / "results"
    put(tmp_path / "lake/src/test/java/ATest.java", "")
    put(tmp_path / "lake/target/surefire-reports/TEST-A.xml", '<testsuite tests="5" failures="0" errors="0" skipped="1"/>')
    put(folder / "python.xml", junit(3))
    put(folder / "orchestration.xml", junit(4))
    put(folder / "end-to-end.xml", junit(2))
    put(folder / "dbt.json", dbt(("model.x", "success"), ("test.x", "pass"), ("unit_test.x", "pass")))
    return folder


def dbt(*results: tuple[str, str]) -> str:
    return json.dumps({"results": [{"unique_id": name, "status": status} for name, status in results]})


def test_all_suites_are_summed_up(results: Path) -> None:
    lines, ok = summary_lines(suites(results.parent, results))
    assert lines[-1] == "15 passed, 0 failed, 1 skipped"
    assert ok


def test_errors_are_failures(results: Path) -> None:
    put(results / "python.xml", junit(4, failures=1, errors=1))
    lines, ok = summary_lines(suites(results.parent, results))
    assert lines[-1] == "14 passed, 2 failed, 1 skipped"
    assert not ok


def test_a_failed_model_counts_and_its_dependents_are_skipped(results: Path) -> None:
    put(results / "dbt.json", dbt(("model.x", "error"), ("test.x", "skipped")))
    assert suites(results.parent, results)["dbt"] == Counts(0, 1, 1)


@pytest.mark.parametrize(
    "gone", ["python.xml", "orchestration.xml", "end-to-end.xml", "dbt.json", "../lake/target/surefire-reports/TEST-A.xml"]
)
def test_a_suite_that_did_not_run_fails(results: Path, gone: str) -> None:
    (results / gone).unlink()
    lines, ok = summary_lines(suites(results.parent, results))
    assert not ok
    assert "1 failed" in lines[-1]
    assert sum("did not run" in line for line in lines) == 1


def test_a_suite_without_tests_fails(results: Path) -> None:
    put(results / "end-to-end.xml", junit(0))
    assert not summary_lines(suites(results.parent, results))[1]


def test_a_suite_that_skipped_everything_did_not_run(results: Path) -> None:
    put(results / "end-to-end.xml", junit(2, skipped=2))
    assert not summary_lines(suites(results.parent, results))[1]


@pytest.mark.parametrize("suite", ["containers", "iac"])
def test_what_needs_docker_or_terraform_counts_only_where_it_ran(results: Path, suite: str) -> None:
    assert suite not in suites(results.parent, results)
    put(results / f"{suite}.xml", junit(6, failures=1))
    assert suites(results.parent, results)[suite] == Counts(passed=5, failed=1)
