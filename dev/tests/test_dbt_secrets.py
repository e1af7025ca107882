"""dbt finds the warehouse's password where load does: in the variable, in a file or in AWS."""

from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer
from paceline_dbt.failure import Failure, FailureError
from paceline_dbt.secret import resolve_secret
from paceline_local.ports import free_port

NAME = "PACELINE_WAREHOUSE_PASSWORD"
SECRET = "pa55-7d1f"
UNAVAILABLE, CONFIGURATION = 69, 78


def refused(setting: str) -> Failure:
    with pytest.raises(FailureError) as error:
        resolve_secret(NAME, setting)
    assert SECRET not in str(error.value)
    failure = error.value.failure
    assert failure.doing == f"Reading the secret {NAME} from {setting}"
    return failure


def test_what_is_no_reference_is_the_password() -> None:
    for password in (SECRET, " pa55 ", "s3:x", "file"):
        assert resolve_secret(NAME, password) == password


def test_a_password_is_read_from_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "password"
    file.write_text(f"{SECRET}\n")
    file.chmod(0o640)
    assert resolve_secret(NAME, f"file:{file}") == SECRET
    assert capsys.readouterr().err == ""
    assert "the file cannot be read" in refused(f"file:{tmp_path}/absent").what
    file.write_text("\n")
    assert (refused(f"file:{file}").exit, "it is empty" in refused(f"file:{file}").what) == (CONFIGURATION, True)


def test_a_file_that_everyone_can_read_causes_a_warning(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "password"
    file.write_text(SECRET)
    file.chmod(0o644)
    assert resolve_secret(NAME, f"file:{file}") == SECRET
    warning = capsys.readouterr().err
    assert f"Everyone on this machine can read the secret {NAME} in {file}" in warning
    assert SECRET not in warning


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Variables of a machine on AWS, where nothing answers: the region is in AWS_REGION, as extract and load read it."""
    monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{free_port()}",
        "AWS_REGION": "eu-west-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": "/dev/null",
        "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
    }.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


@pytest.fixture
def vaults(aws: pytest.MonkeyPatch) -> Iterator[None]:
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    aws.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    try:
        boto3.client("ssm", "eu-west-1").put_parameter(Name="/w/password", Value=SECRET, Type="SecureString")
        manager = boto3.client("secretsmanager", "eu-west-1")
        manager.create_secret(Name="plain", SecretString=f"{SECRET}\n")
        manager.create_secret(Name="object", SecretString=f'{{"password":"{SECRET}","port":5432,"on":true}}')
        manager.create_secret(Name="binary", SecretBinary=SECRET.encode())
        yield
    finally:
        server.stop()


@pytest.mark.usefixtures("vaults")
def test_a_password_is_read_from_aws() -> None:
    for reference in ("ssm:/w/password", "secretsmanager:plain", "secretsmanager:object#password"):
        assert resolve_secret(NAME, reference) == SECRET
    for reference, what in {
        "ssm:/w/absent": "there is no secret",
        "secretsmanager:absent": "there is no secret",
        "secretsmanager:binary": "there is no secret",
        "secretsmanager:object#pass": "the secret has no such member",
        "secretsmanager:object#on": "the secret has no such member",
        "secretsmanager:plain#password": "the secret is not a JSON object",
    }.items():
        failure = refused(reference)
        assert (failure.exit, what in failure.what) == (CONFIGURATION, True), failure


@pytest.mark.usefixtures("aws")
def test_an_aws_that_cannot_be_reached_is_unavailable() -> None:
    failure = refused("ssm:/w/password")
    assert (failure.exit, "SSM cannot be reached" in failure.what, "AWS_ENDPOINT_URL" in failure.remedy) == (
        UNAVAILABLE,
        True,
        True,
    )


def test_missing_credentials_and_a_missing_region_are_configuration(aws: pytest.MonkeyPatch) -> None:
    aws.delenv("AWS_ACCESS_KEY_ID")
    assert (refused("ssm:/w/password").exit, "credentials" in refused("ssm:/w/password").what) == (CONFIGURATION, True)
    aws.delenv("AWS_REGION")
    failure = refused("ssm:/w/password")
    assert (failure.exit, "region" in failure.what, "AWS_REGION" in failure.remedy) == (CONFIGURATION, True, True)
