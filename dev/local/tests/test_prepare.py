"""Only what has changed is rebuilt."""

from pathlib import Path

import pytest
from paceline_local import environments
from paceline_local.binaries import for_this_machine
from paceline_local.failure import Failure
from paceline_local.java_build import sources_digest
from paceline_local.logged import run_logged
from paceline_local.prepare import prepare
from paceline_local.tools import Tools


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name, text in {"pom.xml": "<p/>", "lake/src/main/java/A.java": "class A {}", "sources/strava/api.yaml": "a: 1"}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_build_output_is_not_a_source(checkout: Path) -> None:
    before = sources_digest(checkout)
    for left in ("lake/target/lake.jar", "sources/target/classes/x.yaml", "README.md"):
        (checkout / left).parent.mkdir(parents=True, exist_ok=True)
        (checkout / left).write_text("left")
    assert sources_digest(checkout) == before


@pytest.mark.parametrize("changed", ["pom.xml", "lake/src/main/java/A.java", "sources/strava/api.yaml"])
def test_a_changed_file_changes_the_digest(checkout: Path, changed: str) -> None:
    before = sources_digest(checkout)
    (checkout / changed).write_text("changed")
    assert sources_digest(checkout) != before


def test_a_moved_or_deleted_file_changes_the_digest(checkout: Path) -> None:
    before = sources_digest(checkout)
    (checkout / "lake/src/main/java/A.java").rename(checkout / "lake/src/main/java/B.java")
    moved = sources_digest(checkout)
    (checkout / "lake/src/main/java/B.java").unlink()
    assert len({before, moved, sources_digest(checkout)}) == 3


def test_an_environment_is_current_only_with_its_lock_and_its_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = tmp_path / "requirements.txt"
    lock.write_text("a==1\n")
    monkeypatch.setattr(environments, "VENVS", tmp_path)
    monkeypatch.setitem(environments.LOCKS, "dev", lock)
    tools = Tools(tmp_path, tmp_path / "mvn", tmp_path / "python")
    python = tmp_path / "dev" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    assert not environments.is_made("dev", tools)
    (tmp_path / "dev" / "paceline.stamp").write_text(environments._expected_stamp(lock, tools))
    assert environments.is_made("dev", tools)
    assert not environments.is_made("dev", Tools(tmp_path, tmp_path / "mvn", tmp_path / "other-python"))
    lock.write_text("a==2\n")
    assert not environments.is_made("dev", tools)


def test_a_failed_program_is_named_with_its_log(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with pytest.raises(Failure, match=rf"step java failed with exit 3: \[ERROR\] no such thing.*{log}"):
        run_logged("java", ["bash", "-c", "echo fine; echo '[ERROR] no such thing'; exit 3"], log)


def test_postgres_has_the_root_poms_version() -> None:
    assert for_this_machine().version.startswith("18.")
    assert for_this_machine("16.9.0").artifact.endswith(":16.9.0")


def test_an_unknown_part_is_a_usage_error() -> None:
    with pytest.raises(Failure, match="does not know 'ruby'"):
        prepare(["ruby"])
