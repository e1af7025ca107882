"""The program that started the endpoint is notified of each task, once when it starts and once when it has ended."""

import pytest
from paceline_local.ecs import Ended, Started, TaskInfo

from .conftest import NewWorld
from .world import World, definition, main_of, task_id


def test_an_ended_event_has_the_outcome_of_its_task(world: World) -> None:
    arn = world.run("echo one; echo two; echo; exit 3", startedBy="ann")["taskArn"]
    started, ended = world.watched.events
    log = world.logs / f"paceline-main-{task_id(arn)}.log"
    info = {"family": "shell", "task_id": task_id(arn), "started_by": "ann", "container": "main", "log": log}
    info["command"] = ["echo one; echo two; echo; exit 3"]
    assert started == Started(TaskInfo(**info))
    assert ended == Ended(TaskInfo(**info, exit_code=3, reason="Essential container in task exited", last_line="two"))
    assert log.read_text() == "one\ntwo\n\n"


def test_a_task_that_never_started_has_both_events_as_well(world: World) -> None:
    world.endpoint.register(definition("broken", image="gone", command=["x"]))
    world.run(family="broken")
    started, ended = world.watched.events
    assert isinstance(started, Started)
    assert (ended.task.exit_code, ended.task.last_line, ended.task.log.exists()) == (None, "", False)
    assert ended.task.reason.startswith("CannotPullContainerError: no command replaces the image gone")
    assert ended.task.command == ["x"]


def test_events_describe_the_first_essential_container(world: World) -> None:
    helper = {"name": "helper", "image": "shell", "essential": False, "command": ["echo help"]}
    fields = definition("helped", command=["echo done"])
    world.endpoint.register({**fields, "containerDefinitions": [helper, *fields["containerDefinitions"]]})
    world.run(family="helped")
    task = world.watched.events[-1].task
    assert (task.container, task.command, task.last_line) == ("main", ["echo done"], "done")


def test_started_comes_once_the_task_is_visible_and_ended_before_its_end_is(new_world: NewWorld) -> None:
    shown = []

    def watch(event: Started | Ended) -> None:
        shown.append(world.task(event.task.task_id))

    world = new_world(watch=watch)
    world.run("true")
    at_its_start, at_its_end = shown
    assert (at_its_start["lastStatus"], "exitCode" in main_of(at_its_start)) == ("PENDING", False)
    assert (at_its_end["lastStatus"], main_of(at_its_end)["exitCode"]) == ("STOPPING", 0)


def test_a_watch_that_raises_is_logged_and_the_task_unaffected(new_world: NewWorld, caplog: pytest.LogCaptureFixture) -> None:
    def watch(event: Started | Ended) -> None:
        raise LookupError(f"no such {type(event).__name__}")

    assert main_of(new_world(watch=watch).run("exit 6"))["exitCode"] == 6
    assert caplog.text.count("The watch failed on ") == 2
    assert "LookupError: no such Started" in caplog.text
    assert "LookupError: no such Ended" in caplog.text
