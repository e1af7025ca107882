"""A jar is started from its archive of classes, but never from that of an older build."""

import os
from pathlib import Path

import pytest
from paceline_local.class_archive import archive_option


@pytest.fixture
def jar(tmp_path: Path) -> Path:
    jar = tmp_path / "load.jar"
    jar.touch()
    return jar


def test_a_jar_without_an_archive_is_started_without_it(jar: Path) -> None:
    assert archive_option(jar) == []


def test_an_archive_written_after_the_jar_is_used(jar: Path) -> None:
    archive = jar.with_suffix(".jsa")
    archive.touch()
    assert archive_option(jar) == [f"-XX:SharedArchiveFile={archive}"]


def test_an_archive_older_than_the_jar_is_not_used(jar: Path) -> None:
    archive = jar.with_suffix(".jsa")
    archive.touch()
    os.utime(archive, (1, 1))
    assert archive_option(jar) == []
