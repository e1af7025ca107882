"""The tunnel's task is started, waited for, used, and stopped, however the command ends."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from deployment_given import DEPLOYMENT
from fake_ecs import NOT_YET, PENDING, STOPPED, TASK, FakeEcs, running, serving
from paceline.deployment import Deployment
from paceline_aws.calls import client
from paceline_aws.ecs_task import EcsTask
from paceline_local.paths import CHECKOUT
from paceline_local.ports import free_port
from paceline_local.processes import exists
from paceline_local.waiting import PATIENCE, wait_until

READY = running("RUNNING")
HOST = "paceline-qa.abc.eu-west-1.rds.amazonaws.com"
TUNNEL = {
    "region": "eu-west-1",
    "family": "paceline-qa-tunnel",
    "container": "tunnel",
    "host": HOST,
    "port": 5432,
    "database": "paceline",
    "user": "paceline",
    "secret": "arn:secret",
}
# Writes down its words and process, and then waits until the test opens the fifo, as the plugin waits for connections.
PLUGIN = """#!/bin/bash
printf '%s\\n' "$BASHPID" "$@" end > "$FAKES/session"
read -r code < "$FAKES/end"
exit "$code"
"""
# Like the real one it is deaf to Ctrl-C, which is the plugin's.
AWS = """#!/bin/bash
trap : INT
session-manager-plugin "$@"
"""
TERRAFORM = """#!/bin/bash
printf '%s\\n' "$@" > "$FAKES/terraform.words"
[ ! -e "$FAKES/terraform.error" ] || { /bin/cat "$FAKES/terraform.error" >&2; exit 1; }
/bin/cat "$FAKES/outputs.json"
"""


@dataclass
class Fakes:
    """A PATH that has only these programs, and what they wrote."""

    folder: Path
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def write(self, name: str, program: str) -> None:
        file = self.folder / name
        file.write_text(program)
        file.chmod(0o755)

    def outputs(self, **values: Any) -> None:
        (self.folder / "outputs.json").write_text(json.dumps({name: {"value": value} for name, value in values.items()}))

    def start(self, url: str, *words: str) -> subprocess.Popen[bytes]:
        env = {
            "PATH": str(self.folder),
            "PYTHONPATH": os.pathsep.join(str(CHECKOUT / folder) for folder in ("iac", "dev/local", "orchestration/dags")),
            "HOME": str(self.folder),
            "FAKES": str(self.folder),
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_ENDPOINT_URL_ECS": url,
        }
        command = [sys.executable, "-m", "paceline_aws.tunnel", *words]
        # Not to pipes, which a program that is left behind would keep open.
        with (self.folder / "out").open("w") as out, (self.folder / "err").open("w") as err:
            process = subprocess.Popen(command, env=env, stdout=out, stderr=err)
        self.running.append(process)
        return process

    def finished(self, process: subprocess.Popen[bytes]) -> tuple[int, str, str]:
        """Its exit code and what it wrote."""
        code = process.wait(timeout=PATIENCE)
        return code, (self.folder / "out").read_text(), (self.folder / "err").read_text()

    def session(self) -> list[str]:
        """What the plugin was started with."""
        written = self.folder / "session"
        wait_until(lambda: written.exists() and written.read_text().endswith("\nend\n"), "no session was opened", "")
        return written.read_text().splitlines()[1:-1]

    def plugin(self) -> int:
        return int((self.folder / "session").read_text().splitlines()[0])

    def end_session(self, code: int) -> None:
        (self.folder / "end").write_text(f"{code}\n")


@pytest.fixture
def fakes(tmp_path: Path) -> Iterator[Fakes]:
    made = Fakes(tmp_path)
    os.mkfifo(tmp_path / "end")
    for name, program in (("aws", AWS), ("session-manager-plugin", PLUGIN), ("terraform", TERRAFORM)):
        made.write(name, program)
    made.outputs(deployment=DEPLOYMENT, tunnel=TUNNEL)
    yield made
    for process in made.running:
        if process.poll() is None:
            process.terminate()
        process.wait(timeout=PATIENCE)


@pytest.fixture
def port() -> str:
    return str(free_port())


@pytest.fixture
def server() -> Iterator[Any]:
    with ExitStack() as stack:
        yield lambda ecs: stack.enter_context(serving(ecs))


def assert_stopped(ecs: FakeEcs) -> None:
    stops = ecs.requests("StopTask")
    assert [stop["task"] for stop in stops] == [TASK]
    assert stops[0]["cluster"] == "paceline-qa"


def test_a_port_is_forwarded_through_a_task_that_is_stopped_at_the_end(fakes: Fakes, port: str, server: Any) -> None:
    ecs = FakeEcs([NOT_YET, PENDING, running("PENDING"), READY])
    process = fakes.start(server(ecs), "qa", "--port", port, "--hours", "0.5")
    words = fakes.session()
    assert ecs.requests("StopTask") == []
    fakes.end_session(0)
    code, out, _ = fakes.finished(process)

    assert code == 0
    assert ecs.actions == ["RunTask", "DescribeTasks", "StopTask"]
    (run,) = ecs.requests("RunTask")
    assert run["launchType"] == "FARGATE"
    assert run["enableExecuteCommand"] is True
    assert run["taskDefinition"] == "paceline-qa-tunnel"
    assert run["overrides"] == {"containerOverrides": [{"name": "tunnel", "command": ["sleep", "1800"]}]}
    assert run["networkConfiguration"]["awsvpcConfiguration"] == {
        "subnets": ["subnet-1"],
        "securityGroups": ["sg-1"],
        "assignPublicIp": "ENABLED",
    }
    assert words[:8] == [
        *("ssm", "start-session", "--region", "eu-west-1"),
        *("--target", "ecs:paceline-qa_0123456789abcdef_0123456789abcdef-1"),
        *("--document-name", "AWS-StartPortForwardingSessionToRemoteHost"),
    ]
    assert json.loads(words[9]) == {"host": [HOST], "portNumber": ["5432"], "localPortNumber": [port]}
    assert_stopped(ecs)
    assert f"host={HOST} hostaddr=127.0.0.1 port={port} dbname=paceline user=paceline sslmode=verify-full" in out
    assert f"postgresql://paceline@localhost:{port}/paceline?sslmode=verify-ca" in out


@pytest.mark.parametrize(("number", "expected"), [(signal.SIGINT, 0), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_the_session_and_the_task(
    fakes: Fakes, port: str, server: Any, number: signal.Signals, expected: int
) -> None:
    ecs = FakeEcs([READY])
    process = fakes.start(server(ecs), "qa", "--port", port)
    fakes.session()
    process.send_signal(number)
    code, _, err = fakes.finished(process)
    assert (code, "Traceback" in err) == (expected, False)
    assert_stopped(ecs)
    wait_until(lambda: not exists(fakes.plugin()), "the plugin still runs", "")


def test_a_signal_while_the_task_is_awaited_ends_it(fakes: Fakes, port: str, server: Any) -> None:
    ecs = FakeEcs([PENDING])
    process = fakes.start(server(ecs), "qa", "--port", port)
    wait_until(lambda: bool(ecs.requests("DescribeTasks")), "the task was not described", "")
    process.send_signal(signal.SIGINT)
    assert fakes.finished(process)[0] == 130
    assert_stopped(ecs)


def test_a_task_whose_start_was_interrupted_is_found_and_stopped(fakes: Fakes, port: str, server: Any) -> None:
    """Although ECS lists it only after a moment."""
    ecs = FakeEcs([PENDING], unlisted=1)
    ecs.may_start.clear()
    process = fakes.start(server(ecs), "qa", "--port", port)
    assert ecs.starting.wait(timeout=PATIENCE)
    process.send_signal(signal.SIGTERM)
    assert fakes.finished(process)[0] == 143
    assert [request["startedBy"] for request in ecs.requests("ListTasks")] == [ecs.requests("RunTask")[0]["startedBy"]] * 2
    assert_stopped(ecs)


def test_a_session_that_fails_is_a_failure_and_the_task_is_stopped(fakes: Fakes, port: str, server: Any) -> None:
    ecs = FakeEcs([READY])
    process = fakes.start(server(ecs), "qa", "--port", port)
    fakes.session()
    fakes.end_session(254)
    code, _, err = fakes.finished(process)
    assert code == 69
    assert "The session ended with an error of Session Manager." in err
    assert_stopped(ecs)


def test_a_task_that_ends_before_it_is_ready_says_why(fakes: Fakes, port: str, server: Any) -> None:
    ecs = FakeEcs([PENDING, STOPPED])
    code, _, err = fakes.finished(fakes.start(server(ecs), "qa", "--port", port))
    assert code == 69
    assert "The tunnel's task ended before it could be used: CannotPullContainerError. If it wrote a log," in err
    assert "the stream paceline/tunnel/0123456789abcdef of /paceline-qa." in err
    assert_stopped(ecs)


@pytest.mark.parametrize(("action", "stops"), [("RunTask", 0), ("DescribeTasks", 1)])
def test_a_call_that_aws_refuses_is_one_sentence(fakes: Fakes, port: str, server: Any, action: str, stops: int) -> None:
    ecs = FakeEcs([READY], refused=action)
    code, _, err = fakes.finished(fakes.start(server(ecs), "qa", "--port", port))
    assert (code, "Traceback" in err) == (77, False)
    assert "paceline-qa-tunnel failed: AWS answered AccessDeniedException. Use AWS credentials that may do this." in err
    assert (len(ecs.requests("StopTask")), ecs.requests("ListTasks")) == (stops, [])


def test_a_task_that_ecs_does_not_start_is_neither_looked_for_nor_stopped(fakes: Fakes, port: str, server: Any) -> None:
    ecs = FakeEcs([READY])
    ecs.reasons = ["RESOURCE:ENI"]
    code, _, err = fakes.finished(fakes.start(server(ecs), "qa", "--port", port))
    assert code == 69
    assert "ECS did not start paceline-qa-tunnel: RESOURCE:ENI. Try again later." in err
    assert ecs.actions == ["RunTask"]


def test_a_task_that_is_never_listed_is_said_not_to_be_found(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ecs = FakeEcs([READY], unlisted=1_000_000)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_ENDPOINT_URL_ECS", server(ecs))
    task = EcsTask(Interrupted(client("ecs", "eu-west-1")), Deployment.parse(DEPLOYMENT), "f", "tunnel", search_seconds=0)
    with pytest.raises(KeyboardInterrupt):
        task.start({})
    look = f"To look for it: aws ecs list-tasks --region eu-west-1 --cluster paceline-qa --started-by {task.started_by}"
    assert task.stop("closed") == f"ECS shows no task of this command. {look}"
    assert ecs.requests("StopTask") == []


class Interrupted:
    """A client of ECS: Ctrl-C arrives before ECS has answered."""

    def __init__(self, ecs: Any) -> None:
        self._ecs = ecs

    def run_task(self, **_: Any) -> None:
        raise KeyboardInterrupt

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ecs, name)


def test_a_task_that_could_not_be_stopped_is_named_with_the_command_that_does_it(fakes: Fakes, port: str, server: Any) -> None:
    ecs = FakeEcs([READY], refused="StopTask")
    process = fakes.start(server(ecs), "qa", "--port", port)
    fakes.session()
    fakes.end_session(0)
    code, _, err = fakes.finished(process)
    assert code == 0
    assert "it ends by itself" in err
    assert f"aws ecs stop-task --region eu-west-1 --cluster paceline-qa --task {TASK}" in err


@pytest.mark.parametrize("program", ["aws", "session-manager-plugin"])
def test_a_missing_program_is_named_before_anything_starts(fakes: Fakes, server: Any, program: str) -> None:
    (fakes.folder / program).unlink()
    ecs = FakeEcs([READY])
    code, _, err = fakes.finished(fakes.start(server(ecs), "qa"))
    assert code == 78
    assert f"{program} is not on the PATH. Install " in err
    assert ecs.calls == []


@pytest.mark.parametrize(
    ("outputs", "what"),
    [
        ({}, "qa is not applied yet: it has no output deployment. Run `terraform -chdir=iac/environments/qa apply`."),
        # Terraform has no output whose value is null.
        ({"deployment": DEPLOYMENT}, "qa has no tunnel, because its warehouse is not on RDS."),
        ({"deployment": DEPLOYMENT, "tunnel": {}}, "The output `tunnel` of qa has no family, container, host, "),
        (
            {"deployment": {}, "tunnel": TUNNEL},
            "The output `deployment` of qa has no assign_public_ip, has no capacity_",
        ),
    ],
)
def test_a_deployment_without_a_tunnel_says_what_it_lacks(fakes: Fakes, server: Any, outputs: dict[str, Any], what: str) -> None:
    fakes.outputs(**outputs)
    ecs = FakeEcs([READY])
    code, _, err = fakes.finished(fakes.start(server(ecs), "qa"))
    assert code == 78
    assert what in err
    assert ecs.calls == []


def test_the_tunnel_may_end_at_another_host(fakes: Fakes, port: str, server: Any) -> None:
    process = fakes.start(server(FakeEcs([READY])), "qa", "--port", port, "--to", "vpce-1.airflow.example:443")
    words = fakes.session()
    fakes.end_session(0)
    code, out, _ = fakes.finished(process)
    assert code == 0
    assert json.loads(words[9]) == {"host": ["vpce-1.airflow.example"], "portNumber": ["443"], "localPortNumber": [port]}
    assert f"port {port} of this machine is port 443 of vpce-1.airflow.example." in out
    assert "psql" not in out


def test_a_port_that_is_taken_is_refused_before_anything_starts(fakes: Fakes, server: Any) -> None:
    ecs = FakeEcs([READY])
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, _, err = fakes.finished(fakes.start(server(ecs), "qa", "--port", str(port)))
    assert code == 69
    assert f"Port {port} of this machine is taken. Choose another with --port." in err
    assert ecs.calls == []


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("nowhere",), "There is no environment 'nowhere'. Choose from: "),
        (("../modules/lake",), "There is no environment"),
        (("qa", "--hours", "25"), "'25' is not a number of hours above 0, at most 24"),
        (("qa", "--hours", "nan"), "'nan' is not a number of hours"),
        (("qa", "--port", "65536"), "'65536' is not a port"),
        (("qa", "--to", "https://example:443"), "'https://example:443' is not HOST:PORT"),
        (("qa", "--to", "example"), "'example' is not HOST:PORT"),
        (("qa", "--to", "example:"), "'' is not a port"),
    ],
)
def test_a_wrong_argument_is_refused(fakes: Fakes, server: Any, words: tuple[str, ...], what: str) -> None:
    code, _, err = fakes.finished(fakes.start(server(FakeEcs([READY])), *words))
    assert code == 64
    assert what in err


def test_the_script_works_from_any_folder(tmp_path: Path) -> None:
    done = subprocess.run(
        [CHECKOUT / "iac" / "scripts" / "tunnel", "--help"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "iac/scripts/tunnel" in done.stdout
