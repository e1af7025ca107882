"""dbt's container command ends like extract and load: its last line is a report, and its exit code says what to do next."""

import json
import os
import pty
import re
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg
import pytest
from paceline_local.clean_environment import clean_environment
from paceline_local.commands import DBT, Outcome, dbt_log, last_report, run_dbt, start_dbt, wait_or_kill
from paceline_local.paths import CHECKOUT
from paceline_local.ports import free_port
from paceline_local.stack import Stack
from paceline_local.waiting import PATIENCE, wait_until
from paceline_local.warehouse import Warehouse
from stacks import NewDatabase

DONE, USAGE, UNUSABLE, UNAVAILABLE, BUG, TRY_AGAIN, REFUSED, CONFIGURATION = 0, 64, 65, 69, 70, 75, 77, 78
PLANTED = "planted-5b7e21"
REPORT_BYTES = 8 * 1024
WAITING = "select pid from pg_stat_activity where datname = '{}' and application_name = 'dbt' and wait_event_type = 'Lock'"
CONNECTED = "select pid from pg_stat_activity where datname = '{}' and application_name = 'dbt'"
# When dbt reads its saved project, it tries one kind of node after the other and catches every exception, including the
# stop. That window is about a second long; here the stop always falls into it.
SWALLOWING = """
import os, signal, sys
from dbt.parser.manifest import ManifestLoader
from paceline_dbt.__main__ import main

def swallow(loader):
    try:
        os.kill(os.getpid(), signal.SIGTERM)
    except BaseException:
        return None

ManifestLoader.read_manifest_for_partial_parse = swallow
sys.exit(main(["build"]))
"""


@dataclass(frozen=True)
class Loaded:
    """A warehouse with activities, and a folder for dbt's files."""

    warehouse: Warehouse
    target: Path

    def dbt(self, *words: str, without: str = "", **env: str) -> Outcome:
        known = {name: value for name, value in self.warehouse.settings().items() if name != without}
        return run_dbt(words, {**known, **env}, self.target)

    def copy(self, name: str) -> "Loaded":
        """A copy for a test that changes data."""
        copied = replace(self.warehouse, database=f"{self.warehouse.database}_{name}")
        with replace(self.warehouse, database="postgres").connect() as connection:
            connection.execute(f"create database {copied.database} template {self.warehouse.database}".encode())
        return Loaded(copied, self.target)


@pytest.fixture(scope="module")
def loaded(untouched: Stack) -> Loaded:
    """Changes `untouched`, which is safe because no other module uses this instance of the fixture."""
    untouched.extract().or_fail("extract")
    untouched.load().or_fail("load")
    return Loaded(untouched.warehouse, untouched.variant.folder / "dbt")


def assert_failed(outcome: Outcome, exit_code: int, *shows: str) -> None:
    """The run failed with a one-sentence error and without a stack trace."""
    output = outcome.log.read_text()
    assert outcome.exit_code == exit_code, output[-2000:]
    assert "Traceback" not in output
    report = outcome.report
    assert (report["report"], report["exit"]) == ("dbt", exit_code)
    assert len(output.splitlines()[-1].encode()) <= REPORT_BYTES
    assert set(report["error"]) == {"doing", "what", "remedy"}
    sentence = "{doing}: {what}; {remedy}".format(**report["error"])
    assert "\n" not in sentence
    assert [text for text in shows if text not in sentence] == [], sentence


def test_a_build_reports_what_passed(loaded: Loaded) -> None:
    outcome = loaded.dbt("build")
    report = dict(outcome.or_fail("dbt"))
    rows = json.loads((loaded.target / "run_results.json").read_text())["results"]
    assert report.pop("seconds") > 0
    tests = sum("test." in row["unique_id"] for row in rows)
    counts = {"passed": len(rows), "warned": 0, "failed": 0, "skipped": 0, "tests": tests}
    assert report == {"report": "dbt", "step": "build", **counts, "status": "done", "exit": 0}
    assert 0 < tests < len(rows)
    output = outcome.log.read_text()
    assert "Completed successfully" in output
    assert "\x1b" not in output


def test_a_sources_tag_selects_everything_its_marts_need(loaded: Loaded) -> None:
    tagged = loaded.copy("tagged")
    report = tagged.dbt("build", "--select", "tag:strava").or_fail("dbt")
    assert report["passed"] > report["tests"] > 0
    assert tagged.warehouse.rows("select count(*) > 0 from mart.activity_summary_monthly") == [(True,)]


def test_an_activity_on_a_day_that_dim_date_lacks_fails_the_build(loaded: Loaded) -> None:
    early = loaded.copy("early")
    early.dbt("build", "--select", "tag:strava").or_fail("dbt")
    early.warehouse.rows("update strava.activities set start_date = '1949-12-31 12:00Z' returning id")
    outcome = early.dbt("build", "--select", "tag:strava")
    assert_failed(outcome, UNUSABLE, "Testing every_activity_has_its_day_in_dim_date")


def test_a_failing_test_is_named(loaded: Loaded) -> None:
    wrong = loaded.copy("wrong")
    newest = "(select max(id) from strava.activities)"
    wrong.warehouse.rows(f"update strava.activities set start_date = null where id = {newest} returning id")
    outcome = wrong.dbt("build")
    name = "not_null_stg_strava__activities_started_at"
    assert_failed(outcome, UNUSABLE, f"Testing {name}: got 1 result", f"show --select {name}")
    assert (outcome.report["failed"], outcome.report["status"]) == (1, "unusable")
    assert outcome.report["skipped"] > 0


def test_a_model_whose_data_is_rejected_is_named_without_the_data(loaded: Loaded) -> None:
    wrong = loaded.copy("refused")
    wrong.warehouse.rows("update strava.activities set name = 'Home', start_date = null returning id")
    outcome = wrong.dbt("run")
    assert_failed(outcome, UNUSABLE, "Building fact_activity", "not-null constraint")
    assert "Home" not in json.dumps(outcome.report)


def test_without_tables_the_error_says_to_load_first(new_database: NewDatabase, loaded: Loaded) -> None:
    empty = Loaded(new_database(), loaded.target)
    assert_failed(empty.dbt("run"), CONFIGURATION, "does not exist", "load first")


def test_an_unreachable_server_is_unavailable(loaded: Loaded) -> None:
    url = loaded.warehouse.url.replace(f":{loaded.warehouse.port}/", f":{(port := free_port())}/")
    assert_failed(loaded.dbt("build", PACELINE_WAREHOUSE=url), UNAVAILABLE, "Connecting to the warehouse", str(port))


def test_a_wrong_password_is_refused_and_never_shown(loaded: Loaded) -> None:
    outcome = loaded.dbt("build", "--debug", PACELINE_WAREHOUSE_PASSWORD=PLANTED)
    assert_failed(outcome, REFUSED, "paceline", "PACELINE_WAREHOUSE_PASSWORD")
    files = [file for file in loaded.target.rglob("*") if file.is_file()]
    assert [file.name for file in files if PLANTED.encode() in file.read_bytes()] == []


@pytest.mark.parametrize(
    ("words", "shows"),
    [
        (["build", "--slect", "tag:strava"], "--slect"),
        (["biuld"], "biuld"),
        ([], "no command"),
        (["build", "--select", "tag:" + "x" * REPORT_BYTES], "tag:xxx"),
    ],
    ids=["option", "command", "nothing", "selection"],
)
def test_a_wrong_command_line_is_a_usage_error(loaded: Loaded, words: list[str], shows: str) -> None:
    assert_failed(loaded.dbt(*words), USAGE, "Reading dbt's command line", shows)


def test_a_missing_warehouse_is_named(loaded: Loaded) -> None:
    assert_failed(loaded.dbt("build", without="PACELINE_WAREHOUSE"), USAGE, "Reading PACELINE_WAREHOUSE", "not set")


def test_a_password_in_the_url_is_refused_and_never_shown(loaded: Loaded) -> None:
    outcome = loaded.dbt("build", PACELINE_WAREHOUSE=loaded.warehouse.url.replace("@", f":{PLANTED}@"))
    assert_failed(outcome, CONFIGURATION, "contains a password", "PACELINE_WAREHOUSE_PASSWORD")
    assert PLANTED not in outcome.log.read_text()


def test_the_urls_sslmode_is_that_of_the_connection(loaded: Loaded) -> None:
    log = loaded.dbt("debug", PACELINE_WAREHOUSE=f"{loaded.warehouse.url}?sslmode=allow", PGSSLMODE="require").log.read_text()
    assert "sslmode: allow" in log


def test_a_read_only_server_is_unavailable(loaded: Loaded) -> None:
    standby = loaded.copy("standby")
    with standby.warehouse.connect() as connection:
        connection.execute(f"alter database {standby.warehouse.database} set default_transaction_read_only = on".encode())
    assert_failed(standby.dbt("run"), UNAVAILABLE, "read-only transaction", "connect to the primary")


def test_a_project_that_does_not_compile_is_a_configuration_error(loaded: Loaded, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(CHECKOUT / "transformation", project, ignore=shutil.ignore_patterns("target", "logs"))
    model = project / "models" / "marts" / "core" / "dim_date.sql"
    model.write_text(model.read_text() + "{{ ref('nowhere') }}")
    folders = {"DBT_PROJECT_DIR": str(project), "DBT_TARGET_PATH": str(tmp_path / "target")}
    assert_failed(loaded.dbt("build", **folders), CONFIGURATION, "dim_date", "nowhere")


def test_a_folder_that_cannot_be_written_is_named(loaded: Loaded, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file")
    assert_failed(loaded.dbt("build", DBT_TARGET_PATH=str(taken / "x")), CONFIGURATION, str(taken), "DBT_TARGET_PATH")


@pytest.mark.parametrize(
    ("state", "exit_code"),
    [("40P01", TRY_AGAIN), ("42501", REFUSED), ("53100", UNAVAILABLE), ("58030", UNAVAILABLE), ("XX000", BUG)],
    ids=["deadlock", "no-permission", "disk-full", "io-error", "internal"],
)
def test_an_error_of_postgres_is_classified_by_its_sqlstate(loaded: Loaded, state: str, exit_code: int) -> None:
    body = f"begin raise 'simulated' using errcode = '{state}'; end"
    with loaded.warehouse.connect() as connection:
        connection.execute(f"create or replace function raise_error() returns int language plpgsql as $$ {body} $$".encode())
    assert_failed(loaded.dbt("show", "--inline", "select raise_error()"), exit_code, "simulated")


def test_a_connection_lost_during_a_build_is_not_reported_as_a_failing_test(loaded: Loaded) -> None:
    def lose(_process: subprocess.Popen[bytes], pid: int) -> None:
        loaded.warehouse.rows(f"select pg_terminate_backend({pid})")

    outcome = in_mid_build(loaded, lose)
    assert_failed(outcome, UNAVAILABLE, "Building stg_strava__activities", "closed the connection")
    assert outcome.report["passed"] > 0


def test_a_build_that_is_stopped_cancels_its_queries_reports_and_can_be_run_again(loaded: Loaded) -> None:
    def stop(process: subprocess.Popen[bytes], _pid: int) -> None:
        process.send_signal(signal.SIGTERM)

    outcome = in_mid_build(loaded, stop)
    assert_failed(outcome, TRY_AGAIN, "asked to stop (SIGTERM)")
    assert (outcome.report["status"], outcome.report["failed"]) == ("try_again", 0)
    assert outcome.report["passed"] > 0
    assert loaded.warehouse.rows(CONNECTED.format(loaded.warehouse.database)) == []
    loaded.dbt("build").or_fail("dbt")


def test_a_stop_that_dbt_swallows_takes_effect_at_its_next_event(loaded: Loaded, tmp_path: Path) -> None:
    log = tmp_path / "output.log"
    env = {**loaded.warehouse.settings(), "DBT_TARGET_PATH": str(tmp_path), "DBT_LOG_PATH": str(tmp_path)}
    with log.open("wb") as out:
        process = subprocess.Popen([*DBT[:-2], "-c", SWALLOWING], stdout=out, stderr=out, env=clean_environment(env))
        exit_code = wait_or_kill(process)
    assert_failed(Outcome(exit_code, last_report(log.read_text()), log), TRY_AGAIN, "asked to stop (SIGTERM)")
    assert "START" not in log.read_text()


def test_help_prints_no_report(loaded: Loaded) -> None:
    outcome = loaded.dbt("build", "--help")
    assert (outcome.exit_code, outcome.report) == (DONE, {})
    assert "--select" in outcome.log.read_text()


def test_on_a_terminal_a_sentence_is_shown_instead_of_the_report() -> None:
    parent_end, child_end = pty.openpty()
    with os.fdopen(parent_end, "rb", buffering=0) as terminal:
        process = subprocess.Popen([*DBT, "biuld"], stdin=subprocess.DEVNULL, stdout=child_end, stderr=child_end)
        os.close(child_end)
        assert wait_or_kill(process) == USAGE
        shown = terminal.read(4096).decode()
    assert re.search(r"Reading dbt's command line: no such command 'biuld'; see .*--help`\.", shown), shown
    assert '"report"' not in shown


def in_mid_build(loaded: Loaded, act: Callable[[subprocess.Popen[bytes], int], None]) -> Outcome:
    """Acts while a model waits for a table that the test has locked, so the timing is exact."""
    log = dbt_log(loaded.target)
    with holding(loaded.warehouse, "strava.activities"):
        process = start_dbt(["build"], loaded.warehouse.settings(), loaded.target)
        try:
            waiting = WAITING.format(loaded.warehouse.database)
            wait_until(lambda: bool(loaded.warehouse.rows(waiting)), "dbt did not reach the table", f"Log: {log}")
            act(process, loaded.warehouse.rows(waiting)[0][0])
            exit_code = process.wait(timeout=PATIENCE)
        finally:
            process.kill()
            process.wait()
    return Outcome(exit_code, last_report(log.read_text()), log)


@contextmanager
def holding(warehouse: Warehouse, table: str) -> Iterator[psycopg.Connection]:
    with warehouse.connect() as connection, connection.transaction():
        connection.execute(f"lock table {table} in access exclusive mode".encode())
        yield connection
