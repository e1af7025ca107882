"""The sum counts every suite, and one that left nothing is a failure."""

import json
from pathlib import Path

import pytest
from paceline_ci.summary import Sum, suites, told


def leave(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def junit(tests: int, failures: int = 0, errors: int = 0, skipped: int = 0) -> str:
    counts = f'tests="{tests}" failures="{failures}" errors="{errors}" skipped="{skipped}"'
    return f"<testsuites><testsuite {counts}/></testsuites>"


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """Everything ran and passed."""
    folder = tmp_path / "results"
    leave(tmp_path / "lake/src/test/java/ATest.java", "")
    leave(tmp_path / "lake/target/surefire-reports/TEST-A.xml", '<testsuite tests="5" failures="0" errors="0" skipped="1"/>')
    leave(folder / "python.xml", junit(3))
    leave(folder / "orchestration.xml", junit(4))
    leave(folder / "end-to-end.xml", junit(2))
    leave(folder / "dbt.json", dbt(("model.x", "success"), ("test.x", "pass"), ("unit_test.x", "pass")))
    return folder


def dbt(*results: tuple[str, str]) -> str:
    return json.dumps({"results": [{"unique_id": name, "status": status} for name, status in results]})


def test_all_suites_are_summed(results: Path) -> None:
    lines, well = told(suites(results.parent, results))
    assert lines[-1] == "15 passed, 0 failed, 1 skipped"
    assert well


def test_errors_are_failures(results: Path) -> None:
    leave(results / "python.xml", junit(4, failures=1, errors=1))
    lines, well = told(suites(results.parent, results))
    assert lines[-1] == "14 passed, 2 failed, 1 skipped"
    assert not well


def test_a_failed_model_counts_and_what_stood_behind_it_is_skipped(results: Path) -> None:
    leave(results / "dbt.json", dbt(("model.x", "error"), ("test.x", "skipped")))
    assert suites(results.parent, results)["dbt"] == Sum(0, 1, 1)


@pytest.mark.parametrize(
    "gone", ["python.xml", "orchestration.xml", "end-to-end.xml", "dbt.json", "../lake/target/surefire-reports/TEST-A.xml"]
)
def test_a_suite_that_did_not_run_fails(results: Path, gone: str) -> None:
    (results / gone).unlink()
    lines, well = told(suites(results.parent, results))
    assert not well
    assert "1 failed" in lines[-1]
    assert sum("did not run" in line for line in lines) == 1


def test_a_suite_without_tests_fails(results: Path) -> None:
    leave(results / "end-to-end.xml", junit(0))
    assert not told(suites(results.parent, results))[1]


def test_a_suite_that_skipped_everything_did_not_run(results: Path) -> None:
    leave(results / "end-to-end.xml", junit(2, skipped=2))
    assert not told(suites(results.parent, results))[1]
