"""`dim_date` belongs to no source: any of them can use it alone, and a fact with a day that it lacks fails the build."""

import shutil
from pathlib import Path

import pytest
from paceline_local.commands import Outcome, run_dbt
from paceline_local.paths import CHECKOUT
from paceline_local.warehouse import Warehouse
from stacks import NewDatabase

UNUSABLE = 65
PROJECT = CHECKOUT / "transformation"
EVERY_DAY = "select count(*), count(distinct calendar_date), min(calendar_date)::text, max(calendar_date)::text from dwh.dim_date"
YEARS = "{dim_date_first_year: 2023, dim_date_last_year: 2024}"
SALES = "select 7 as sale_id, to_char(date '2024-02-29', 'YYYYMMDD')::integer as date_key\n"
SALES_YML = """
models:
  - name: fact_sale
    config:
      tags: [retail]
    constraints: [{type: primary_key, columns: [sale_id]}]
    columns:
      - name: sale_id
        data_type: integer
      - name: date_key
        data_type: integer
        data_tests:
          - relationships:
              name: every_sale_has_its_day
              arguments: {to: ref('dim_date'), field: date_key}
"""


@pytest.fixture
def empty(new_database: NewDatabase) -> Warehouse:
    """Without Strava's tables."""
    return new_database()


@pytest.fixture
def with_retail(tmp_path: Path) -> Path:
    """The project with a second source."""
    project = tmp_path / "project"
    shutil.copytree(PROJECT, project, ignore=shutil.ignore_patterns("target", "logs", "__pycache__"))
    core = project / "models" / "marts" / "core"
    (core / "fact_sale.sql").write_text(SALES)
    (core / "fact_sale.yml").write_text(SALES_YML)
    days = (core / "dim_date.yml").read_text()
    assert "tags: [strava]" in days
    (core / "dim_date.yml").write_text(days.replace("tags: [strava]", "tags: [strava, retail]"))
    return project


def dbt(warehouse: Warehouse, target: Path, *words: str, project: Path = PROJECT) -> Outcome:
    return run_dbt(words, {**warehouse.settings(), "DBT_PROJECT_DIR": str(project)}, target)


def test_the_days_need_no_source(empty: Warehouse, tmp_path: Path) -> None:
    report = dbt(empty, tmp_path, "build", "--select", "dim_date", "--vars", YEARS).or_fail("dbt")
    assert (report["passed"], report["tests"]) == (4, 3)
    assert empty.rows(EVERY_DAY) == [(731, 731, "2023-01-01", "2024-12-31")]
    assert empty.rows("select from pg_namespace where nspname in ('strava', 'stg')") == []


def test_a_second_source_uses_the_days_without_the_first(empty: Warehouse, with_retail: Path, tmp_path: Path) -> None:
    built = dbt(empty, tmp_path, "build", "--select", "tag:retail", project=with_retail)
    assert built.or_fail("dbt")["failed"] == 0
    assert "every_sale_has_its_day" in built.log.read_text()
    years = ("--vars", "{dim_date_last_year: 2023}")
    outcome = dbt(empty, tmp_path, "build", "--select", "tag:retail", *years, project=with_retail)
    assert outcome.exit_code == UNUSABLE
    assert outcome.report["error"]["doing"] == "Testing every_sale_has_its_day"


def test_strava_selects_every_test_that_reads_its_models(empty: Warehouse, tmp_path: Path) -> None:
    """Strava is the only source, so its tag selects everything there is."""
    everything, strava = (
        {line for line in dbt(empty, tmp_path, "-q", "ls", *words).log.read_text().splitlines() if line.startswith("paceline.")}
        for words in ((), ("--select", "tag:strava"))
    )
    assert strava == everything
    assert any(name.endswith("every_activity_has_its_day_in_dim_date") for name in strava)
    assert "paceline.marts.core.dim_date" in strava
