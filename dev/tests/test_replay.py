"""`make demo REPLAY=DIR` again and again, while the listing in the folder grows, stays or is replaced."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from paceline_local import demo, paths
from paceline_local.commands import Outcome
from paceline_local.demo import Demo, run_demo, running
from paceline_local.failure import TRY_AGAIN
from paceline_local.paths import Variant
from paceline_local.postgres import Postgres
from paceline_local.stack import Stack
from paceline_local.steps import Steps
from paceline_local.tools import Tools
from recordings import record

# `make demo REPLAY=DIR`, with everything it creates inside the test's folder.
DEMO = """
import sys
from pathlib import Path
from paceline_local import demo, paths
from paceline_local.failure import exit_with
from paceline_local.tools import Tools
demo.ROOT = paths.ROOT = Path(sys.argv[1])
demo.LAST = paths.LAST = Path(sys.argv[1]) / "last"
exit_with(lambda: demo.run_demo(Tools.found(), sys.argv[2]))
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    root = tmp_path / ".paceline"
    for module in (demo, paths):
        monkeypatch.setattr(module, "ROOT", root)
        monkeypatch.setattr(module, "LAST", root / "last")
    yield root
    Postgres(Variant(root / "replay-rides").postgres).stop()


@contextmanager
def replaying(folder: Path, tools: Tools) -> Iterator[Stack]:
    """One `make demo REPLAY=DIR` up to the DAG, which the test replaces by what the DAG would run."""
    replay = Demo.of(str(folder))
    with running(replay, tools, Steps()) as stack:
        yield stack
        replay.save_state(completed=1)


def listed(stack: Stack) -> int:
    return int(stack.warehouse.rows("select count(*) from strava.activities where _deleted_at is null")[0][0])


def shown(line: str, output: str) -> str:
    found = re.search(rf"^  {line} .*", output, re.MULTILINE)
    assert found, output
    return found[0]


def test_a_replay_of_1132_records_runs_again_and_again(
    root: Path, tools: Tools, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = record(tmp_path / "rides", range(1132))
    assert run_demo(tools, str(folder)) == 0
    first = capsys.readouterr().out
    assert "activities 1,132 new or changed, 0 deleted" in shown("extract", first)
    assert "activity_details 1,132 new or changed, 0 deleted" in shown("extract", first)
    assert "its clock says 2015-03-02T05:00:00Z" in shown("sandbox", first)
    assert f"make demo REPLAY={folder} " in first
    assert f"make airflow REPLAY={folder} " in first
    assert "simulated athlete's next day" not in first

    assert run_demo(tools, str(folder)) == 0
    second = capsys.readouterr().out
    assert "activities 0 new or changed, 0 deleted" in shown("extract", second)
    assert "its clock says 2015-03-03T05:00:00Z" in shown("sandbox", second)

    # A newer listing without the first 400, which are more than extract would believe of an account.
    record(folder, range(400, 1200))
    assert run_demo(tools, str(folder)) == 0
    third = capsys.readouterr().out
    assert "activities 68 new or changed, 400 deleted" in shown("extract", third)
    assert "its clock says 2015-03-27T05:00:00Z" in shown("sandbox", third)
    months = Postgres(Variant(root / "replay-rides").postgres).start()
    assert months.rows("select sum(n)::int from mart.activity_summary_monthly") == [(800,)]


def test_a_demo_behind_a_proxy_that_excludes_only_the_intranet(root: Path, tmp_path: Path, behind_a_proxy: None) -> None:
    """As `make demo` starts it: a proxy that does not respond would fail the first call."""
    folder = record(tmp_path / "rides", range(3))
    done = subprocess.run([sys.executable, "-c", DEMO, root, folder], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "activities 3 inserted" in shown("publish", done.stdout)


def test_a_replay_of_10000_records_runs_again_and_again(root: Path, tools: Tools, tmp_path: Path) -> None:
    folder = record(tmp_path / "rides", range(10_000))
    with replaying(folder, tools) as stack:
        report = stack.extract().or_fail("extract")
        assert new(report, "activities") == new(report, "activity_details") == 10_000
        stack.load().or_fail("load")
        assert listed(stack) == 10_000
    with replaying(folder, tools) as stack:
        assert new(stack.extract().or_fail("extract"), "activities") == 0
        stack.load().or_fail("load")
    record(folder, range(10_003))
    with replaying(folder, tools) as stack:
        report = stack.extract().or_fail("extract")
        assert new(report, "activities") == new(report, "activity_details") == 3
        stack.load().or_fail("load")
        assert listed(stack) == 10_003


def new(report: dict[str, Any], stream: str) -> int:
    (account,) = report["accounts"]
    return int(account["streams"][stream]["upserts"])


def test_each_run_of_a_replay_has_a_budget_of_its_own(
    root: Path, tools: Tools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "_LIMITS", "30/1000,30/1000")
    folder = record(tmp_path / "rides", range(40))
    runs: list[Outcome] = []
    while not runs or runs[-1].exit_code == TRY_AGAIN:
        with replaying(folder, tools) as stack:
            runs.append(stack.extract())
        assert runs[-1].report["commits"] > 0, runs[-1].report
    assert len(runs) > 1
    assert runs[-1].exit_code == 0
