"""`make aws-run` against a local ECS endpoint that starts real processes."""

import json
import os
import shlex
import signal
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import deployment_given
import pytest
from paceline_aws.calls import client
from paceline_aws.ecs_task import EcsTask
from paceline_aws.run import choices
from paceline_aws.run_task import TaskRun
from paceline_aws.task_choice import TaskChoice
from paceline_local.clean_environment import clean_environment
from paceline_local.ecs import Ended, Endpoint, ProcessImage, ProcessRunner, Secrets, Started
from paceline_local.ecs.definitions_folder import read_definitions
from paceline_local.failure import USAGE, Failure
from paceline_local.loopback import no_proxy_for_loopback
from paceline_local.paths import CHECKOUT
from paceline_local.waiting import wait_until

CONTAINERS = CHECKOUT / "orchestration" / "containers"
# The families of orchestration/containers, which the endpoint has.
DEPLOYMENT: dict[str, Any] = {
    **deployment_given.DEPLOYMENT,
    "families": {name: f"paceline-{name}" for name in ("extract-strava", "load", "transformation")},
    "log_group": "/paceline",
}
REPORT = json.dumps({"report": "load", "step": "status", "source": "strava", "status": "done", "seconds": 0.1})


class Tasks:
    """An endpoint whose image `load` runs its command as a shell script; `extract` has no program here."""

    def __init__(self, folder: Path, empty_pages: int) -> None:
        self.file, self.events = folder / "paceline.json", list[Started | Ended]()
        self.write(DEPLOYMENT)
        definitions = read_definitions(CONTAINERS, {})
        values = {secret["valueFrom"]: "x" for each in definitions for secret in each["containerDefinitions"][0]["secrets"]}
        runner = ProcessRunner({"paceline/load": ProcessImage(["sh", "-c"])})
        self.endpoint = Endpoint(runner, Secrets(values), folder / "logs", self.events.append, empty_pages=empty_pages)
        for definition in definitions:
            self.endpoint.register(definition)

    def write(self, deployment: Mapping[str, Any]) -> None:
        self.file.write_text(json.dumps(deployment))

    def start(self, **given: str) -> "subprocess.Popen[str]":
        given = {"DEPLOYMENT": str(self.file), "IMAGE": "load", **given}
        variables = {f"PACELINE_AWS_{name}": value for name, value in given.items()}
        return subprocess.Popen(
            [CHECKOUT / "dev" / "python", "-m", "paceline_aws.run_task"],
            env=clean_environment({**self.endpoint.client_environment(), **no_proxy_for_loopback(os.environ), **variables}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, script: str = "", **given: str) -> tuple[int, str, str]:
        process = self.start(**{"CMD": shlex.quote(script) if script else "", **given})
        out, err = process.communicate()
        return process.returncode, out, err

    def ended(self) -> list[Ended]:
        return [event for event in self.events if isinstance(event, Ended)]


@pytest.fixture
def empty_pages() -> int:
    """How many empty pages a log has before each page with events; more with `parametrize`."""
    return 0


@pytest.fixture
def tasks(tmp_path: Path, empty_pages: int) -> Iterator[Tasks]:
    made = Tasks(tmp_path, empty_pages)
    made.endpoint.start()
    try:
        yield made
    finally:
        made.endpoint.stop(grace=0)


def test_a_task_that_succeeds_shows_its_log_and_its_report(tasks: Tasks) -> None:
    code, out, err = tasks.run(f"echo $PACELINE_LAKE; echo '{REPORT}'")
    assert code == 0, err
    assert out.splitlines() == ["s3://paceline-qa-lake", REPORT]
    assert err.splitlines()[-1] == "paceline: load status strava: done · 0.1 s"


@pytest.mark.parametrize("empty_pages", [4])
def test_an_empty_page_is_not_the_end_of_the_log(tasks: Tasks) -> None:
    code, out, err = tasks.run(f"echo first; echo '{REPORT}'; echo after it")
    assert (code, out.splitlines()) == (0, ["first", REPORT, "after it"]), err
    assert err.splitlines()[-1] == "paceline: load status strava: done · 0.1 s"


def test_the_exit_code_is_the_containers(tasks: Tasks) -> None:
    code, out, err = tasks.run("echo first; echo last; exit 75")
    assert (code, out.splitlines()) == (75, ["first", "last"])
    assert "load ended with exit 75, busy, or out of budget. It left no report, see its log above." in err


def test_ctrl_c_stops_the_task_and_shows_its_last_lines(tasks: Tasks) -> None:
    process = tasks.start(CMD="\"trap 'echo committing; exit 143' TERM; echo up; while :; do sleep 0.1; done\"")
    assert process.stdout is not None
    assert process.stdout.readline() == "up\n"
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert (process.returncode, out.splitlines()[-1], out.count("up")) == (130, "committing", 0), err
    assert "Stopping the task" in err
    assert [end.task.exit_code for end in tasks.ended()] == [143]


def test_a_task_whose_time_is_over_is_stopped(
    tasks: Tasks, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in tasks.endpoint.client_environment().items():
        monkeypatch.setenv(name, value)
    choice = TaskChoice.of(
        {"DEPLOYMENT": str(tasks.file), "IMAGE": "load", "CMD": "\"trap 'exit 0' TERM; while :; do sleep 0.1; done\""}
    )
    assert run_of(replace(choice, minutes=0), client("ecs", "eu-west-1")).run() == 75
    assert len(tasks.ended()) == 1
    assert "Stopping the task after 0 min. Set MINUTES to allow more." in capsys.readouterr().err


def run_of(choice: TaskChoice, ecs: Any) -> TaskRun:
    return TaskRun(choice, EcsTask(ecs, choice.deployment, choice.family, "aws-run"), client("logs", "eu-west-1"))


class InterruptedAtTheStart:
    """A client of ECS: Ctrl-C arrives when ECS has started the task, and before it has said so."""

    def __init__(self, ecs: Any) -> None:
        self._ecs = ecs

    def run_task(self, **request: Any) -> None:
        self._ecs.run_task(**request)
        raise KeyboardInterrupt

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ecs, name)


def test_a_task_whose_start_was_interrupted_is_stopped_as_well(tasks: Tasks, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in tasks.endpoint.client_environment().items():
        monkeypatch.setenv(name, value)
    choice = TaskChoice.of({"DEPLOYMENT": str(tasks.file), "IMAGE": "load", "CMD": "'exec sleep 60'"})
    ecs = InterruptedAtTheStart(client("ecs", "eu-west-1"))
    with pytest.raises(KeyboardInterrupt):
        run_of(choice, ecs).run()
    wait_until(lambda: len(tasks.ended()) == 1, "The task runs on", "")
    assert tasks.ended()[0].task.exit_code in (None, 143)


class Pending:
    """A client of ECS whose task stays pending: Ctrl-C arrives when it is asked for the first time, and then it is stopped."""

    def __init__(self, stop_code: str) -> None:
        self.stop_code, self.stopped = stop_code, False

    def run_task(self, **_: Any) -> dict[str, Any]:
        return {"tasks": [{"taskArn": "arn:aws:ecs:eu-west-1:123456789012:task/paceline-qa/1"}], "failures": []}

    def describe_tasks(self, **_: Any) -> dict[str, Any]:
        if not self.stopped:
            raise KeyboardInterrupt
        end = {"lastStatus": "STOPPED", "stopCode": self.stop_code, "stoppedReason": "Stopped from the keyboard"}
        return {"tasks": [{**end, "containers": [{"name": "load", "lastStatus": "STOPPED"}]}]}

    def stop_task(self, **_: Any) -> None:
        self.stopped = True


@pytest.mark.parametrize(
    ("stop_code", "sentence"),
    [
        ("UserInitiated", "The task was stopped before its container started."),
        ("TaskFailedToStart", "load did not start: Stopped from the keyboard."),
    ],
)
def test_a_task_that_is_stopped_before_its_container_started_says_so(
    tasks: Tasks, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], stop_code: str, sentence: str
) -> None:
    for name, value in tasks.endpoint.client_environment().items():
        monkeypatch.setenv(name, value)
    choice = TaskChoice.of({"DEPLOYMENT": str(tasks.file), "IMAGE": "load"})
    with pytest.raises(KeyboardInterrupt):
        run_of(choice, Pending(stop_code)).run()
    assert capsys.readouterr().err.splitlines()[-1].startswith(f"paceline: {sentence}")


def test_a_detached_task_runs_on(tasks: Tasks) -> None:
    code, out, err = tasks.run("sleep 60", DETACH="1")
    assert (code, out) == (0, ""), err
    assert "To stop it: aws ecs stop-task --region eu-west-1 --cluster paceline-qa --task arn:aws:ecs:" in err
    assert tasks.ended() == []


def test_a_task_that_cannot_start_says_why(tasks: Tasks) -> None:
    code, out, err = tasks.run("anything", IMAGE="extract")
    assert (code, out) == (69, "")
    assert "extract did not start: CannotPullContainerError" in err
    assert "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html" in err


def test_a_family_that_is_not_there_is_a_failure_with_ecs_code(tasks: Tasks) -> None:
    tasks.write({**DEPLOYMENT, "families": {"load": "paceline-qa-load"}})
    code, _, err = tasks.run("true")
    assert (code, "Starting paceline-qa-load failed: AWS answered ClientException." in err) == (69, True)


def test_make_passes_on_the_choices_of_its_command_line_alone_and_unexpanded(tasks: Tasks) -> None:
    done = subprocess.run(
        ["make", "-C", CHECKOUT, "aws-run", f"DEPLOYMENT={tasks.file}", "IMAGE=load", "CMD='echo $PACELINE_LAKE; exit 3'"],
        env=clean_environment({**tasks.endpoint.client_environment(), "CAPACITY": "nowhere", "DETACH": "1"}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "paceline: load ended with exit 3." in done.stderr, done.stderr
    assert "s3://paceline-qa-lake" in done.stdout.splitlines()
    assert done.returncode != 0


def test_the_script_ends_with_the_containers_exit_code(tasks: Tasks) -> None:
    done = subprocess.run(
        [CHECKOUT / "iac" / "scripts" / "run", f"DEPLOYMENT={tasks.file}", "IMAGE=load", "CMD='echo a=b; exit 65'"],
        env=clean_environment({**tasks.endpoint.client_environment(), "CAPACITY": "nowhere", "PACELINE_AWS_DETACH": "1"}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.splitlines()) == (65, ["a=b"]), done.stderr


@pytest.mark.parametrize("word", ["--environment", "qa", "NAME=qa"])
def test_the_script_refuses_what_is_not_a_choice(word: str) -> None:
    with pytest.raises(
        Failure, match=f"{word} is not one of the choices. Give NAME=VALUE, with a NAME of ENVIRONMENT, "
    ) as refused:
        choices(["ENVIRONMENT=qa", word])
    assert refused.value.exit_code == USAGE


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "paceline.json"
    clubs = {**DEPLOYMENT["families"], "extract-strava-club": "paceline-extract-strava-club"}
    made.write_text(json.dumps({**DEPLOYMENT, "families": clubs}))
    return made


class Recording:
    """A client of ECS that keeps the request."""

    def run_task(self, **request: Any) -> dict[str, Any]:
        self.request = request
        return {"tasks": [{"taskArn": "arn"}], "failures": []}


def request_of(file: Path, **given: str) -> dict[str, Any]:
    choice, ecs = TaskChoice.of({"DEPLOYMENT": str(file), **given}), Recording()
    task = EcsTask(ecs, choice.deployment, choice.family, "aws-run")
    task.start(choice.request())
    assert ecs.request.pop("startedBy") == task.started_by
    return ecs.request


def test_the_request_has_the_deployments_network_capacity_and_lake(file: Path) -> None:
    assert request_of(file, IMAGE="load", CMD="stage strava --lake 'a b'") == {
        "cluster": "paceline-qa",
        "taskDefinition": "paceline-load",
        "capacityProviderStrategy": [
            {"capacityProvider": "FARGATE_SPOT", "weight": 1, "base": 0},
            {"capacityProvider": "FARGATE", "weight": 0, "base": 1},
        ],
        "networkConfiguration": {
            "awsvpcConfiguration": {"subnets": ["subnet-1"], "securityGroups": ["sg-1"], "assignPublicIp": "ENABLED"}
        },
        "overrides": {
            "containerOverrides": [
                {
                    "name": "load",
                    "environment": [{"name": "PACELINE_LAKE", "value": "s3://paceline-qa-lake"}],
                    "command": ["stage", "strava", "--lake", "a b"],
                }
            ]
        },
    }


@pytest.mark.parametrize(("name", "provider"), [("spot", "FARGATE_SPOT"), ("on-demand", "FARGATE")])
def test_capacity_is_a_choice(file: Path, name: str, provider: str) -> None:
    strategy = request_of(file, IMAGE="load", CAPACITY=name)["capacityProviderStrategy"]
    assert strategy == [{"capacityProvider": provider, "weight": 1}]


def test_a_definition_names_its_image(file: Path) -> None:
    request = request_of(file, DEFINITION="extract-strava-club")
    assert request["taskDefinition"] == "paceline-extract-strava-club"
    assert request["overrides"]["containerOverrides"][0].keys() == {"name", "environment"}
    assert request["overrides"]["containerOverrides"][0]["name"] == "extract"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "No image was given. Give IMAGE=extract, IMAGE=load, IMAGE=transformation."),
        ({"IMAGE": "dbt"}, "There is no image dbt."),
        ({"IMAGE": "extract"}, "Give DEFINITION=extract-strava, DEFINITION=extract-strava-club."),
        ({"DEFINITION": "extract-club"}, "There is no task definition extract-club."),
        ({"IMAGE": "load", "DEFINITION": "extract-strava"}, "runs the image extract, not load."),
        ({"IMAGE": "load", "CMD": "it's"}, "cannot be split into words"),
        ({"IMAGE": "load", "CAPACITY": "cheap"}, "Choose from: spot, on-demand."),
        ({"IMAGE": "load", "MINUTES": "0"}, "MINUTES=0 is not a number of minutes."),
        ({"IMAGE": "load", "MINUTES": "9" * 5000}, "Give a whole number from 1 to 99999."),
        ({"IMAGE": "load", "DETACH": "1", "MINUTES": "5"}, "With DETACH=1 nothing stops the task after MINUTES."),
        ({"IMAGE": "load", "DEPLOYMENT": ""}, "No deployment was given. Give either ENVIRONMENT=qa, or DEPLOYMENT="),
        ({"IMAGE": "load", "DETACH": "yes"}, "DETACH=yes is neither 1 nor 0."),
        ({"IMAGE": "load", "ENVIRONMENT": "qa"}, "Give either ENVIRONMENT=qa, or DEPLOYMENT="),
        ({"IMAGE": "load", "DEPLOYMENT": "/nowhere.json"}, "/nowhere.json cannot be read"),
        ({"IMAGE": "load", "DEPLOYMENT": os.devnull}, "is not JSON"),
        ({"IMAGE": "load", "DEPLOYMENT": "", "ENVIRONMENT": "elsewhere"}, "There is no environment 'elsewhere'."),
    ],
)
def test_a_choice_that_cannot_be_made_says_what_to_give(file: Path, given: dict[str, str], sentence: str) -> None:
    with pytest.raises(Failure) as refused:
        TaskChoice.of({"DEPLOYMENT": str(file), **given})
    assert sentence in str(refused.value)


def test_a_file_that_is_not_text_is_refused(file: Path) -> None:
    file.write_bytes(b'{"region": "\xff"}')
    with pytest.raises(Failure, match=f"{file} is not JSON: ") as refused:
        TaskChoice.of({"DEPLOYMENT": str(file), "IMAGE": "load"})
    assert refused.value.exit_code == USAGE


def test_a_file_that_is_no_deployment_names_what_is_missing(file: Path) -> None:
    file.write_text("{}")
    with pytest.raises(Failure) as refused:
        TaskChoice.of({"DEPLOYMENT": str(file), "IMAGE": "load"})
    assert str(refused.value).startswith(f"{file} has no assign_public_ip, has no capacity_providers, has no cluster, ")
