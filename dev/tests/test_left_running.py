"""The check at the end of a session finds processes that a test left behind."""

import subprocess
import sys
from pathlib import Path

from conftest import running_below


def test_a_process_left_behind_is_found(tmp_path: Path) -> None:
    script = "print('up', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", script, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as left:
        assert left.stdout is not None
        assert left.stdout.readline() == "up\n"
        found = running_below(tmp_path)
        left.kill()
    assert len(found) == 1
    assert running_below(tmp_path) == []
