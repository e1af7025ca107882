"""Whoever started the endpoint is told of each task, once when it starts and once when it has ended."""

import pytest
from paceline_local.ecs import Ended, Started, WatchedTask

from .conftest import NewWorld
from .world import World, definition, main_of, task_id


def test_a_task_is_told_with_what_came_of_it(world: World) -> None:
    arn = world.run("echo one; echo two; echo; exit 3", startedBy="ann")["taskArn"]
    started, ended = world.watched.events
    log = world.logs / f"paceline-main-{task_id(arn)}.log"
    told = {"family": "shell", "task_id": task_id(arn), "started_by": "ann", "container": "main", "log": log}
    told["command"] = ["echo one; echo two; echo; exit 3"]
    assert started == Started(WatchedTask(**told))
    assert ended == Ended(WatchedTask(**told, exit_code=3, reason="Essential container in task exited", last_line="two"))
    assert log.read_text() == "one\ntwo\n\n"


def test_one_that_never_started_is_told_as_well(world: World) -> None:
    world.endpoint.register(definition("broken", image="gone", command=["x"]))
    world.run(family="broken")
    started, ended = world.watched.events
    assert isinstance(started, Started)
    assert (ended.task.exit_code, ended.task.last_line, ended.task.log.exists()) == (None, "", False)
    assert ended.task.reason.startswith("CannotPullContainerError: no command stands in for the image gone")
    assert ended.task.command == ["x"]


def test_a_task_is_told_by_its_first_essential_container(world: World) -> None:
    helper = {"name": "helper", "image": "shell", "essential": False, "command": ["echo help"]}
    asked = definition("helped", command=["echo done"])
    world.endpoint.register({**asked, "containerDefinitions": [helper, *asked["containerDefinitions"]]})
    world.run(family="helped")
    task = world.watched.events[-1].task
    assert (task.container, task.command, task.last_line) == ("main", ["echo done"], "done")


def test_its_start_is_told_when_it_is_known_and_its_end_before_it_is_shown(new_world: NewWorld) -> None:
    shown = []

    def watch(event: Started | Ended) -> None:
        shown.append(world.task(event.task.task_id))

    world = new_world(watch=watch)
    world.run("true")
    at_its_start, at_its_end = shown
    assert (at_its_start["lastStatus"], "exitCode" in main_of(at_its_start)) == ("PENDING", False)
    assert (at_its_end["lastStatus"], main_of(at_its_end)["exitCode"]) == ("STOPPING", 0)


def test_a_watch_that_fails_costs_the_task_nothing_and_is_not_lost(new_world: NewWorld, caplog: pytest.LogCaptureFixture) -> None:
    def watch(event: Started | Ended) -> None:
        raise LookupError(f"no such {type(event).__name__}")

    assert main_of(new_world(watch=watch).run("exit 6"))["exitCode"] == 6
    assert caplog.text.count("The watch failed on ") == 2
    assert "LookupError: no such Started" in caplog.text
    assert "LookupError: no such Ended" in caplog.text
