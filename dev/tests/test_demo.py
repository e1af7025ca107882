"""`make demo` itself, in a folder of its own: twice, then `make psql`, `make stop` and `make demo-clean`."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from paceline_local import demo, places, servers
from paceline_local.demo import run_demo
from paceline_local.places import Variant, variants
from paceline_local.postgres import Postgres
from paceline_local.psql import psql
from paceline_local.tools import Tools


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    root = tmp_path / ".paceline"
    for module in (demo, places, servers):
        monkeypatch.setattr(module, "ROOT", root)
        monkeypatch.setattr(module, "LAST", root / "last", raising=False)
    yield root
    servers.stop()


def asked(capsys: pytest.CaptureFixture[str], sql: str) -> list[str]:
    capsys.readouterr()
    assert psql(sql, None) == 0
    return capsys.readouterr().out.splitlines()


def test_the_demo_takes_up_where_it_left_off(root: Path, tools: Tools, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_demo(tools, None) == 0
    told = capsys.readouterr().out
    for step in ("sandbox", "postgres", "airflow", "extract", "stage", "check", "publish", "empty_stage", "dbt"):
        assert f"  {step} " in told
    assert "2026-10" in told
    assert "make psql SQL=" in told
    months = asked(capsys, "select count(distinct month) >= 24, sum(n) from mart.activity_summary_monthly")
    assert months[0].startswith("t|")

    assert run_demo(tools, None) == 0
    assert "its clock says 2026-11-01T05:00:00Z" in capsys.readouterr().out
    assert asked(capsys, "select count(*) from ops.loads") == ["2"]

    variant = Variant(root / "demo")
    assert json.loads((variant.folder / "demo.json").read_text()) == {"completed": 2}
    assert Postgres(variant.postgres).find() is not None
    assert servers.stop() == 0
    assert capsys.readouterr().out.splitlines() == ["Stopped postgres of demo."]
    assert asked(capsys, "select 1") == ["1"]
    assert servers.clean() == 0
    assert variants() == []


def test_a_replay_lies_beside_the_demo(root: Path, tools: Tools, recorded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_demo(tools, str(recorded)) == 0
    assert asked(capsys, "select count(*), sum(n) from mart.activity_summary_monthly")[0].endswith("|279")
    assert [variant.name for variant in variants()] == ["replay-strava-2022"]
