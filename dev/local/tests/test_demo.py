"""The demo's decisions, without running anything."""

import json
import stat
from pathlib import Path

import pytest
from paceline_local import demo, paths
from paceline_local.accounts import account_names
from paceline_local.clean_environment import clean_environment
from paceline_local.commands import Outcome, last_report
from paceline_local.demo import Demo
from paceline_local.failure import TRY_AGAIN, USAGE, Failure
from paceline_local.file_lock import exclusive_lock
from paceline_local.months import table
from paceline_local.tokens import put_first_token


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for module in (demo, paths):
        monkeypatch.setattr(module, "ROOT", tmp_path / ".paceline")
    monkeypatch.setattr(paths, "LAST", tmp_path / ".paceline" / "last")
    return tmp_path / ".paceline"


def recordings(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "activities.jsonl").write_text("{}\n")
    return folder


def test_each_replay_has_its_own_folder(root: Path, tmp_path: Path) -> None:
    assert Demo.of(None).variant.folder == root / "demo"
    assert Demo.of(str(recordings(tmp_path / "My Rides 2022"))).variant.folder == root / "replay-my-rides-2022"


def test_a_demo_never_waits_for_a_budget(root: Path, tmp_path: Path) -> None:
    for replay in (None, str(recordings(tmp_path / "rides"))):
        options = Demo.of(replay).sandbox().options
        assert options[options.index("--limits") + 1] == "off"


def test_a_replay_without_recordings_is_a_usage_error(root: Path, tmp_path: Path) -> None:
    with pytest.raises(Failure, match="contains no recorded activities") as failed:
        Demo.of(str(tmp_path))
    assert failed.value.exit_code == USAGE


@pytest.mark.parametrize("name", ["page-1.json", "activities.jsonl"])
def test_recordings_are_json_files_or_files_of_json_lines(root: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("[]")
    assert Demo.of(str(tmp_path)).replay == tmp_path


def test_two_folders_with_the_same_name_do_not_share_a_warehouse(root: Path, tmp_path: Path) -> None:
    first = Demo.of(str(recordings(tmp_path / "a" / "rides")))
    first.variant.folder.mkdir(parents=True)
    first.save_state(completed=1)
    with pytest.raises(Failure, match="replays"):
        Demo.of(str(recordings(tmp_path / "b" / "rides")))
    assert Demo.of(str(tmp_path / "a" / "rides")).saved_state()["completed"] == 1


def test_psql_uses_the_last_variant_or_the_named_one(root: Path) -> None:
    for name in ("demo", "replay-x"):
        (root / name / "lake").mkdir(parents=True)
    (root / "logs").mkdir()
    (root / "last").write_text("replay-x")
    assert paths.variant_named(None).name == "replay-x"
    assert paths.variant_named("demo").name == "demo"
    with pytest.raises(Failure, match=r"no variant 'logs'.*demo, replay-x"):
        paths.variant_named("logs")


def test_without_a_demo_psql_says_how_to_get_one(root: Path) -> None:
    with pytest.raises(Failure, match="make demo"):
        paths.variant_named(None)


def test_the_first_token_never_overwrites_a_newer_one(tmp_path: Path) -> None:
    store = tmp_path / "tokens"
    assert put_first_token(store, "strava", "ann", {"id": 1, "refresh_token": "first"})
    assert not put_first_token(store, "strava", "ann", {"id": 1, "refresh_token": "second"})
    file = store / "strava-ann.json"
    assert json.loads(file.read_text()) == {"refresh_token": "first", "athlete": {"id": 1}}
    assert (stat.S_IMODE(store.stat().st_mode), stat.S_IMODE(file.stat().st_mode)) == (0o700, 0o600)


def test_accounts_are_named_after_their_athletes() -> None:
    athletes = [{"id": 1, "firstname": "Zoë"}, {"id": 2, "firstname": "Zoé"}, {"id": 3, "firstname": "李"}, {"id": 4}]
    assert list(account_names(athletes)) == ["zoe", "zoe-2", "athlete-3", "athlete-4"]


def test_a_second_demo_at_the_same_time_is_refused(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with exclusive_lock(lock, "running the demo"):
        with pytest.raises(Failure, match="running the demo") as failed, exclusive_lock(lock, "running the demo"):
            pytest.fail("two held it")
        assert failed.value.exit_code == TRY_AGAIN
    with exclusive_lock(lock, "running the demo"):
        assert lock.exists()


def test_the_last_line_is_the_report() -> None:
    assert last_report('{"level":"info"}\n{"report":"load","exit":0}\n') == {"report": "load", "exit": 0}
    assert last_report("Killed\n") == {}
    assert last_report('{"level":"info"}\n') == {}
    assert last_report("") == {}


def test_a_failed_step_reports_its_own_error_message_and_exit_code(tmp_path: Path) -> None:
    error = {"doing": "Reading the token of ann", "what": "it is refused", "remedy": "authorize again"}
    with pytest.raises(Failure, match=r"Reading the token of ann: it is refused; authorize again\.") as failed:
        Outcome(77, {"report": "extract", "error": error}, tmp_path / "log").or_fail("extract")
    assert failed.value.exit_code == 77


def test_a_demo_never_sees_this_shells_accounts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PACELINE_STRAVA_ACCOUNTS", "me")
    assert "PACELINE_STRAVA_ACCOUNTS" not in clean_environment({})
    assert clean_environment({"PACELINE_LAKE": "file:///x"})["PACELINE_LAKE"] == "file:///x"


def test_numbers_of_a_table_are_aligned() -> None:
    assert table(("month", "km"), [("2026-10", "1,204.5"), ("2026-11", "9.0")]) == [
        "  month       km",
        "2026-10  1,204.5",
        "2026-11      9.0",
    ]
