"""`make demo` itself, in its own folder: run twice, then `make psql`, `make stop` and `make demo-clean`."""

import json
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from paceline_local import demo, paths, servers
from paceline_local.demo import run_demo
from paceline_local.paths import Variant, variants
from paceline_local.postgres import Postgres
from paceline_local.psql import psql
from paceline_local.sandbox import Sandbox
from paceline_local.tools import Tools
from recording import MONTHS_OF_THE_MART, assert_months_equal, from_the_file, from_the_warehouse


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    root = tmp_path / ".paceline"
    for module in (demo, paths, servers):
        monkeypatch.setattr(module, "ROOT", root)
        monkeypatch.setattr(module, "LAST", root / "last", raising=False)
    yield root
    servers.stop()


def assert_no_secret_is_left(variant: Variant) -> None:
    """Checks everything that Airflow, the endpoint and the images left behind. Only the owner can read the secrets' own files."""
    password = (variant.postgres / "password").read_text().strip()
    client_secret = Sandbox(variant.sandbox).client_secret
    secret_files = {
        variant.folder / "ssm.json": 0o600,
        variant.postgres / "password": 0o600,
        variant.airflow: 0o700,
        variant.folder: 0o700,
    }
    secret_files[variant.sandbox / "client-secret"] = 0o600
    assert {file: stat.S_IMODE(file.stat().st_mode) for file in secret_files} == secret_files
    folders = (variant.airflow, variant.logs, variant.lake, variant.folder / "dbt")
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file() and not file.is_symlink()]
    assert any(file.name.startswith("paceline-load-") for file in files)
    assert [file for file in files for secret in (password, client_secret) if secret.encode() in file.read_bytes()] == []


def query(capsys: pytest.CaptureFixture[str], sql: str) -> list[str]:
    capsys.readouterr()
    assert psql(sql, None) == 0
    return capsys.readouterr().out.splitlines()


def test_the_demo_continues_where_it_left_off(root: Path, tools: Tools, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_demo(tools, None) == 0
    output = capsys.readouterr().out
    for step in ("sandbox", "postgres", "airflow", "extract", "stage", "check", "publish", "discard_stage", "dbt"):
        assert f"  {step} " in output
    assert "airflow         starting it, and reading the DAG … runs strava_daily once (" in output
    for step in ("extract", "stage", "check", "publish", "discard_stage", "dbt"):
        assert re.search(rf"^  {step} .* s, Airflow [0-9.]+ s\)$", output, re.MULTILINE), output
    assert "2026-10" in output
    assert "make psql SQL=" in output
    months = query(capsys, "select count(distinct month) >= 24, sum(n) from mart.activity_summary_monthly")
    assert months[0].startswith("t|")

    assert run_demo(tools, None) == 0
    assert "its clock says 2026-11-01T05:00:00Z" in capsys.readouterr().out
    assert query(capsys, "select count(*) from ops.loads") == ["2"]

    variant = Variant(root / "demo")
    assert_no_secret_is_left(variant)
    assert json.loads((variant.folder / "demo.json").read_text()) == {"completed": 2}
    assert Postgres(variant.postgres).find() is not None
    assert servers.stop() == 0
    assert capsys.readouterr().out.splitlines() == ["Stopped postgres of demo."]
    assert query(capsys, "select 1") == ["1"]
    assert servers.clean() == 0
    assert variants() == []


def test_a_replay_is_kept_apart_from_the_demo_and_its_months_equal_the_file(root: Path, tools: Tools, recorded: Path) -> None:
    assert run_demo(tools, str(recorded)) == 0
    warehouse = Postgres(Variant(root / "replay-strava-2022").postgres).start()
    assert_months_equal(from_the_warehouse(warehouse, MONTHS_OF_THE_MART), from_the_file(recorded))
    assert [variant.name for variant in variants()] == ["replay-strava-2022"]
