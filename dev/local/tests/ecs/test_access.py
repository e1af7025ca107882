"""Who may call the endpoint: whoever can read its key, by a name of this machine. Anybody else could run any command."""

import json
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import boto3
import pytest
from paceline_local.ecs import Endpoint, ProcessRunner, Secrets
from paceline_local.ecs.access_key import AccessKey
from paceline_local.failure import Failure

from .conftest import IMAGES, SECRET, NewWorld
from .signing import ECS, LOGS, post, signed
from .world import World, client, definition, key_of

LIST = f"{ECS}.ListTasks"
Change = Callable[[dict[str, str]], object]


def forged(authorization: str) -> str:
    """With another last digit of the signature."""
    return authorization[:-1] + ("1" if authorization.endswith("0") else "0")


def refusal(world: World, headers: dict[str, str], body: bytes = b"{}") -> str:
    """The code and message of the error; also checks that nothing was started."""
    status, text = post(world.url, headers, body)
    assert status == 400, text
    error = json.loads(text)
    return f"{error['__type']}: {error['message']}"


def test_another_user_cannot_register_a_shell_that_prints_the_secrets(untouched_world: World) -> None:
    stranger = client("ecs", untouched_world.url, AccessKey("nobody", "nothing"))
    spy = definition("spy", command=["echo $STOLEN"], secrets=[{"name": "STOLEN", "valueFrom": "/paceline/token"}])
    for call in (lambda: stranger.register_task_definition(**spy), lambda: stranger.run_task(taskDefinition="shell")):
        with pytest.raises(stranger.exceptions.ClientError, match="UnrecognizedClientException"):
            call()
    with pytest.raises(untouched_world.ecs.exceptions.ClientException, match="Unable to describe task definition"):
        untouched_world.ecs.describe_task_definition(taskDefinition="spy")


def test_another_user_cannot_read_a_log(world: World) -> None:
    task = world.run("echo private")["taskArn"].rsplit("/", 1)[-1]
    stream = {"logGroupName": "/paceline", "logStreamName": f"paceline/main/{task}"}
    guessed = client("logs", world.url, AccessKey(world.key.key_id, "guessed"))
    with pytest.raises(guessed.exceptions.ClientError, match="InvalidSignatureException"):
        guessed.get_log_events(**stream)
    body = json.dumps(stream).encode()
    assert b"private" not in post(world.url, {"Host": "localhost", "X-Amz-Target": f"{LOGS}.GetLogEvents"}, body)[1]
    assert b"private" in post(world.url, signed(world.url, world.key, f"{LOGS}.GetLogEvents", body, service="logs"), body)[1]


def test_the_key_is_in_a_file_of_the_owner_for_as_long_as_the_endpoint_runs(tmp_path: Path) -> None:
    file = tmp_path / "key"
    keys = []
    for _ in range(2):
        endpoint = Endpoint(ProcessRunner(IMAGES), Secrets({}), tmp_path / "logs", credentials=file)
        with endpoint as variables:
            assert variables["AWS_SHARED_CREDENTIALS_FILE"] == str(file)
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
            keys.append(key_of(endpoint))
            assert keys[-1].secret not in str(variables) + repr(keys[-1])
        assert not file.exists()
    assert keys[0].key_id != keys[1].key_id
    assert keys[0].secret != keys[1].secret


def test_a_file_of_the_user_is_not_overwritten_by_the_key(tmp_path: Path) -> None:
    file = tmp_path / "credentials"
    file.write_text("[default]\naws_access_key_id = mine\n")
    endpoint = Endpoint(ProcessRunner(IMAGES), Secrets({}), tmp_path / "logs", credentials=file)
    with pytest.raises(Failure, match="was not written by this endpoint"):
        endpoint.start()
    assert "mine" in file.read_text()


def test_the_variables_are_all_that_a_client_needs(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in world.endpoint.client_environment().items():
        monkeypatch.setenv(name, value)
    ecs = boto3.Session(region_name="eu-west-1").client("ecs")
    assert ecs.list_tasks()["taskArns"] == []


def test_a_container_is_not_given_the_key(world: World) -> None:
    arn = world.run("env; exit 3")["taskArn"]
    assert [line for line in world.events(arn) if line.startswith("AWS_") or world.key.secret in line] == []


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (lambda headers: headers.pop("Authorization"), "MissingAuthenticationTokenException"),
        (lambda headers: headers.update({"Authorization": "Basic YTpi"}), "IncompleteSignatureException"),
        (lambda headers: headers.update({"Authorization": headers["Authorization"][:-1]}), "IncompleteSignatureException"),
        (lambda headers: headers.update({"Authorization": forged(headers["Authorization"])}), "InvalidSignatureException"),
        (lambda headers: headers.update({"X-Amz-Target": f"{ECS}.RunTask"}), "InvalidSignatureException"),
        (lambda headers: headers.update({"Host": "localhost"}), "InvalidSignatureException"),
        (
            lambda headers: headers.update({"x-amz-target": LIST}),
            "InvalidSignatureException: The header x-amz-target was sent more",
        ),
        (
            lambda headers: headers.update({"authorization": headers["Authorization"]}),
            "InvalidSignatureException: The header auth",
        ),
        (lambda headers: headers.update({"X-Amz-Date": "yesterday"}), "InvalidSignatureException: 'yesterday' is not a time"),
    ],
)
def test_a_request_that_was_changed_is_refused(untouched_world: World, change: Change, error: str) -> None:
    headers = signed(untouched_world.url, untouched_world.key, LIST, b"{}")
    assert post(untouched_world.url, headers, b"{}")[0] == 200
    change(headers)
    assert refusal(untouched_world, headers).startswith(error)


def test_the_signature_covers_the_body(untouched_world: World) -> None:
    headers = signed(untouched_world.url, untouched_world.key, LIST, b"{}")
    assert refusal(untouched_world, headers, b'{"family": "x"}').startswith("InvalidSignatureException: The request signature we")
    claims = {**headers, "X-Amz-Content-Sha256": "UNSIGNED-PAYLOAD"}
    assert refusal(untouched_world, claims, b'{"family": "x"}').startswith("InvalidSignatureException")


@pytest.mark.parametrize("name", ["host", "x-amz-date", "x-amz-target"])
def test_what_gives_a_request_its_meaning_must_be_signed(untouched_world: World, name: str) -> None:
    headers = signed(untouched_world.url, untouched_world.key, LIST, b"{}", unsigned=[name])
    assert refusal(untouched_world, headers) == f"InvalidSignatureException: The headers {name} must be signed."


@pytest.mark.parametrize(("minutes", "accepted"), [(-16, False), (-14, True), (14, True), (16, False), (-60 * 24, False)])
def test_a_signature_is_valid_for_a_quarter_of_an_hour(untouched_world: World, minutes: int, accepted: bool) -> None:
    at = datetime.now(UTC) + timedelta(minutes=minutes)
    headers = signed(untouched_world.url, untouched_world.key, LIST, b"{}", at=at)
    if accepted:
        assert post(untouched_world.url, headers, b"{}")[0] == 200
    else:
        assert "Signature expired" in refusal(untouched_world, headers)


def test_the_scope_of_another_day_is_refused(untouched_world: World) -> None:
    headers = signed(untouched_world.url, untouched_world.key, LIST, b"{}")
    today = headers["X-Amz-Date"][:8]
    headers["Authorization"] = headers["Authorization"].replace(f"/{today}/", "/20200101/")
    assert "date of the credential scope" in refusal(untouched_world, headers)


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1.evil.example", "0.0.0.0:{port}", "", "a b", None]
)
def test_a_foreign_host_is_refused_even_with_a_signature(untouched_world: World, host: str | None) -> None:
    headers = signed(untouched_world.url, untouched_world.key, LIST, b"{}")
    if host is None:
        del headers["Host"]
    else:
        headers["Host"] = host.format(port=urlsplit(untouched_world.url).port)
    status, text = post(untouched_world.url, headers, b"{}")
    assert (status, b"127.0.0.1" in text) == (421, True)


def test_two_hosts_are_refused(untouched_world: World) -> None:
    headers = signed(untouched_world.url, untouched_world.key, LIST, b"{}")
    assert post(untouched_world.url, {**headers, "host": headers["Host"]}, b"{}")[0] == 421


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_all_names_of_loopback_are_accepted(untouched_world: World, name: str) -> None:
    url = f"http://{name}:{urlsplit(untouched_world.url).port}"
    headers = {**signed(url, untouched_world.key, LIST, b"{}")}
    assert post(untouched_world.url, headers, b"{}")[0] == 200


def test_another_path_is_not_found(untouched_world: World) -> None:
    headers = signed(untouched_world.url, untouched_world.key, LIST, b"{}")
    assert post(untouched_world.url, headers, b"{}", path="/?Action=ListTasks")[0] == 404
    assert post(untouched_world.url, headers, b"{}", path="http://evil.example/")[0] == 404


def test_an_endpoint_is_started_for_more_names(tmp_path: Path) -> None:
    endpoint = Endpoint(ProcessRunner(IMAGES), Secrets({"/paceline/token": SECRET}), tmp_path / "logs")
    url = endpoint.start(names=["Host.Docker.Internal"])
    try:
        for name, status in (("host.docker.internal", 200), ("localhost", 200), ("evil.example", 421)):
            called = f"http://{name}:{urlsplit(url).port}"
            assert post(url, signed(called, key_of(endpoint), LIST, b"{}"), b"{}")[0] == status
    finally:
        endpoint.stop()


def test_no_two_endpoints_share_a_log_folder(world: World, new_world: NewWorld) -> None:
    with pytest.raises(Failure, match="Another command is running the containers of"):
        new_world(logs=world.logs)


def test_the_log_of_a_container_is_the_owners_alone(world: World) -> None:
    world.run("echo something private")
    (log,) = world.logs.glob("*.log")
    assert "private" in log.read_text()
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
