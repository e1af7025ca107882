"""Processes are found by their mark, whatever became of whoever started them, and no others are."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from paceline_local import marks
from paceline_local.failure import Failure
from paceline_local.marks import end_marked, mark, marked

Start = Callable[..., "subprocess.Popen[bytes]"]
WAITS = "import sys; print('up', flush=True); sys.stdin.read()"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {WAITS}"
# Starts a child in a session of its own, and ends.
LEAVES_A_CHILD = "import subprocess; subprocess.Popen(['sleep', '60'], start_new_session=True); print('up', flush=True)"


@pytest.fixture
def start() -> Iterator[Start]:
    started = []

    def make(script: str, folder: Path) -> "subprocess.Popen[bytes]":
        environment = {**os.environ, **mark(folder)}
        process = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == b"up\n"
        return process

    yield make
    for process in started:
        process.kill()
        process.communicate()


def test_a_process_is_found_by_its_folder_only(start: Start, tmp_path: Path) -> None:
    process = start(WAITS, tmp_path / "a")
    assert marked(tmp_path / "a") == {process.pid}
    assert marked(tmp_path / "ab") == marked(tmp_path) == set()
    assert end_marked(tmp_path / "ab", grace=0) == 0
    assert process.poll() is None
    assert end_marked(tmp_path / "a", grace=10) == 1
    assert process.wait() == -15


def test_a_child_in_another_session_is_found_after_its_parent_has_ended(start: Start, tmp_path: Path) -> None:
    parent = start(LEAVES_A_CHILD, tmp_path)
    parent.wait()
    assert len(marked(tmp_path)) == 1
    assert end_marked(tmp_path, grace=10) == 1
    assert marked(tmp_path) == set()


def test_a_process_that_ignores_sigterm_is_killed_after_the_grace(start: Start, tmp_path: Path) -> None:
    process = start(STUBBORN, tmp_path)
    assert end_marked(tmp_path, grace=0.1) == 1
    assert process.wait() == -9


def test_a_process_that_cannot_be_ended_is_named(start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    process = start(WAITS, tmp_path)
    monkeypatch.setattr(marks, "_signal", lambda pids, _sign: pids)
    monkeypatch.setattr(marks, "_UNTIL_GONE", 0)
    with pytest.raises(Failure, match=f"did not end although they were killed: {process.pid}"):
        end_marked(tmp_path, grace=0)


def test_without_proc_the_environment_is_read_from_ps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = f"STARTED_BY_PACELINE_FOR={tmp_path}"
    rows = [
        f"11 S java -jar x.jar PATH=/bin {entry} HOME=/home",
        f"12 S sh {entry}/b",
        f"13 Z (sh) {entry}",
        f"  14 Ss sh {entry}",
    ]
    shown = subprocess.CompletedProcess([], 0, "\n".join(rows))
    monkeypatch.setattr(marks, "_PROC", tmp_path / "no-proc")
    monkeypatch.setattr(marks.subprocess, "run", lambda *_, **__: shown)
    assert marked(tmp_path) == {11, 14}
