"""`make stop`, and the start of the next demo, end what a command that was killed has left running."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from paceline_local import paths, servers
from paceline_local.file_lock import exclusive_lock
from paceline_local.marks import mark, marked
from paceline_local.orchestration.home import AirflowHome
from paceline_local.paths import Variant
from paceline_local.sandbox import Sandbox
from paceline_local.servers import stop_left_behind


@pytest.fixture
def variant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Variant]:
    """A variant with a process of Airflow's, a container and a sandbox that nobody watches."""
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    monkeypatch.setattr(servers, "ROOT", tmp_path)
    monkeypatch.setattr(AirflowHome, "command", lambda *_: ["sleep", "60"])
    variant = Variant(tmp_path / "demo")
    for folder in (variant.airflow, variant.container_logs, variant.sandbox):
        folder.mkdir(parents=True)
    left = [subprocess.Popen(["sleep", "60"], env={**os.environ, **mark(f)}) for f in (variant.container_logs, variant.sandbox)]
    home = AirflowHome(variant.airflow)
    left.append(home.start("dags-test", ["dags", "test"], home.environment()))
    yield variant
    for process in left:
        process.kill()
        process.wait()


def everything_of(variant: Variant) -> list[int]:
    return [len(marked(folder)) for folder in (variant.airflow, variant.container_logs, variant.sandbox)]


def test_stop_ends_airflow_containers_and_sandbox(variant: Variant, capsys: pytest.CaptureFixture[str]) -> None:
    assert everything_of(variant) == [1, 1, 1]
    assert servers.stop() == 0
    names = ("airflow", "the containers", "sandbox")
    assert capsys.readouterr().out.splitlines() == [f"Stopped {name} of demo." for name in names]
    assert everything_of(variant) == [0, 0, 0]
    assert servers.stop() == 0
    assert capsys.readouterr().out == "Nothing was running.\n"


def test_the_next_start_ends_them_and_says_so(variant: Variant, capsys: pytest.CaptureFixture[str]) -> None:
    other = Variant(variant.folder.with_name("other"))
    stop_left_behind(other)
    assert everything_of(variant) == [1, 1, 1]
    stop_left_behind(variant)
    assert everything_of(variant) == [0, 0, 0]
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "Stopped the containers of demo, left running by a command that was killed."
    assert len(lines) == 3
    stop_left_behind(variant)
    assert capsys.readouterr().out == ""


def test_stop_leaves_the_containers_of_a_running_command_to_it(variant: Variant) -> None:
    with exclusive_lock(variant.logs / "ecs.lock", "running them"):
        servers.stop()
    assert everything_of(variant) == [0, 1, 0]


def test_the_plugins_are_linked_at_each_start(variant: Variant) -> None:
    for _ in range(2):
        AirflowHome(variant.airflow).put_plugins()
    assert [plugin.name for plugin in (variant.airflow / "plugins").iterdir()] == ["loopback_hosts.py"]


def test_a_sandbox_that_was_not_ready_yet_is_found(variant: Variant) -> None:
    assert not (variant.sandbox / "ready.json").exists()
    assert Sandbox(variant.sandbox).stop()
    assert everything_of(variant) == [1, 1, 0]
