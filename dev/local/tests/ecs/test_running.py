"""A task that runs: its exit code, its output, and the environment of its container."""

import os
from pathlib import Path

import pytest
from paceline_local.ecs import ProcessImage, ProcessRunner
from paceline_local.marks import mark

from .conftest import SECRET, NewWorld
from .world import World, definition, main_of, task_id


@pytest.mark.parametrize(("script", "code"), [("true", 0), ("exit 75", 75), ("kill -9 $$", 137), ("kill -15 $$", 143)])
def test_a_task_shows_the_exit_code_of_its_container(world: World, script: str, code: int) -> None:
    task = world.run(script)
    assert main_of(task)["exitCode"] == code
    assert (task["lastStatus"], task["desiredStatus"], task["stopCode"]) == ("STOPPED", "STOPPED", "EssentialContainerExited")
    assert task["stoppedReason"] == "Essential container in task exited"


def test_boto3_waits_for_its_end(world: World) -> None:
    arn = world.begin("sleep 0.2; exit 3")
    world.ecs.get_waiter("tasks_stopped").wait(tasks=[arn], WaiterConfig={"Delay": 1, "MaxAttempts": 20})
    assert main_of(world.task(arn))["exitCode"] == 3


def test_run_task_returns_before_the_container_has_ended(world: World) -> None:
    arn = world.begin("echo up; exec sleep 60")
    world.wait_for("up", arn)
    task = world.task(arn)
    assert (task["lastStatus"], task["desiredStatus"], main_of(task)["lastStatus"]) == ("RUNNING", "RUNNING", "RUNNING")
    assert "exitCode" not in main_of(task)


def test_both_outputs_are_events_of_one_stream_and_lines_of_one_file(world: World) -> None:
    task = world.run("echo one; echo two >&2; echo; printf three")
    assert world.events(task["taskArn"]) == ["one", "two", "three"]
    assert (world.logs / f"paceline-main-{task_id(task['taskArn'])}.log").read_text() == "one\ntwo\n\nthree"


def test_a_container_without_awslogs_only_has_a_file(world: World) -> None:
    world.endpoint.register(definition("quiet", logConfiguration=None))
    arn = world.run("echo hi", family="quiet")["taskArn"]
    assert (world.logs / f"main-{task_id(arn)}.log").read_text() == "hi\n"
    with pytest.raises(world.cloudwatch.exceptions.ResourceNotFoundException):
        world.events(arn)


def test_a_prefix_cannot_lead_out_of_the_log_folder(world: World) -> None:
    log = {"logDriver": "awslogs", "options": {"awslogs-group": "g", "awslogs-stream-prefix": "../../up"}}
    world.endpoint.register(definition("prefixed", logConfiguration=log))
    arn = world.run("echo hi", family="prefixed")["taskArn"]
    assert [file.name for file in world.logs.iterdir()] == [f"up-main-{task_id(arn)}.log"]


def test_a_container_sees_its_environment_its_secrets_and_nothing_of_this_shell(
    new_world: NewWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_SECRET_ACCESS_KEY", "PACELINE_STRAVA_ACCOUNTS", "SOMETHING_ELSE"):
        monkeypatch.setenv(name, "of this shell")
    image = ProcessImage(["env"], env={"OF": "the image", "KEPT": "by all"})
    world = new_world(ProcessRunner({"paceline/env": image}))
    fields = definition("env", image="123.dkr.ecr.eu-west-1.amazonaws.com/paceline/env:1.2@sha256:abc")
    main = fields["containerDefinitions"][0]
    main["environment"] = [{"name": "OF", "value": "the definition"}, {"name": "SAID", "value": "by the definition"}]
    main["secrets"] = [{"name": "TOKEN", "valueFrom": "arn:aws:ssm:eu-west-1:123456789012:parameter/paceline/token"}]
    world.endpoint.register(fields)
    override = {"name": "main", "environment": [{"name": "SAID", "value": "by the run"}]}
    task = world.run(family="env", overrides={"containerOverrides": [override]})
    basics = {f"{name}={os.environ[name]}" for name in ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR") if name in os.environ}
    own = {"OF=the definition", "KEPT=by all", "SAID=by the run", f"TOKEN={SECRET}"}
    marks = {f"{name}={value}" for name, value in mark(world.logs).items()}
    assert set(world.events(task["taskArn"])) == basics | own | marks


def test_an_entry_point_replaces_the_images_own(world: World) -> None:
    world.endpoint.register(definition("words", entryPoint=["printf", "%s/"], command=["a", "b c"]))
    assert world.events(world.run(family="words")["taskArn"]) == ["a/b c/"]
    assert world.events(world.run("x", family="words")["taskArn"]) == ["x/"]


def test_a_container_runs_in_the_folder_of_its_image(new_world: NewWorld, tmp_path: Path) -> None:
    world = new_world(ProcessRunner({"shell": ProcessImage(["sh", "-c"], cwd=tmp_path)}))
    assert world.events(world.run("pwd")["taskArn"]) == [str(tmp_path)]


def test_each_task_of_one_request_runs(world: World) -> None:
    tasks = world.ecs.run_task(
        taskDefinition="shell", count=3, overrides={"containerOverrides": [{"name": "main", "command": [":"]}]}
    )
    assert {main_of(world.end_of(task["taskArn"]))["exitCode"] for task in tasks["tasks"]} == {0}
    assert len({task["taskArn"] for task in tasks["tasks"]}) == 3


def test_the_newest_revision_runs_unless_another_is_named(world: World) -> None:
    for word in ("one", "two"):
        world.endpoint.register(definition("revised", command=[f"echo {word}"]))
    assert world.events(world.run(family="revised")["taskArn"]) == ["two"]
    assert world.events(world.run(family="revised:1")["taskArn"]) == ["one"]
    newest = world.ecs.describe_task_definition(taskDefinition="revised")["taskDefinition"]
    assert world.events(world.run(family=newest["taskDefinitionArn"])["taskArn"]) == ["two"]


def test_a_repeated_request_starts_nothing_again(world: World) -> None:
    first, again = (world.begin("true", clientToken="once") for _ in range(2))
    assert first == again
    with pytest.raises(world.ecs.exceptions.ConflictException) as refused:
        world.begin("false", clientToken="once")
    assert refused.value.response["resourceIds"] == [first]
    world.end_of(first)
    assert world.ecs.list_tasks(desiredStatus="STOPPED")["taskArns"] == [first]
    assert world.ecs.list_tasks()["taskArns"] == []
