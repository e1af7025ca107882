"""dbt reads load's settings of the warehouse, by load's rules."""

from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer
from paceline_dbt.failure import FailureError
from paceline_dbt.warehouse import Warehouse

URL = "postgresql://me@db.example:6543/w"
SECRET = "pa55-7d1f"
USAGE, CONFIGURATION = 64, 78


def profile(url: str, password: str = "") -> dict[str, str]:
    return Warehouse.of({"PACELINE_WAREHOUSE": url, "PACELINE_WAREHOUSE_PASSWORD": password}).for_profile()


def refused(url: str, password: str = "") -> FailureError:
    with pytest.raises(FailureError) as error:
        profile(url, password)
    assert SECRET not in str(error.value)
    return error.value


def test_the_profile_has_the_parts_of_the_url(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("")
    assert profile(f"{URL}?sslmode=verify-full&sslrootcert={tmp_path}/ca.pem", SECRET) == {
        "DBT_PACELINE_USER": "me",
        "DBT_PACELINE_HOST": "db.example",
        "DBT_PACELINE_PORT": "6543",
        "DBT_PACELINE_DATABASE": "w",
        "DBT_PACELINE_SSLMODE": "verify-full",
        "DBT_PACELINE_SSLROOTCERT": f"{tmp_path}/ca.pem",
        "DBT_ENV_SECRET_PACELINE_PASSWORD": SECRET,
    }


def test_the_port_and_the_mode_have_defaults() -> None:
    parts = profile("postgres://me%40home@[::1]/w%20h")
    assert [parts[f"DBT_PACELINE_{name}"] for name in ("USER", "HOST", "PORT", "DATABASE", "SSLMODE")] == [
        "me@home",
        "::1",
        "5432",
        "w h",
        "prefer",
    ]


@pytest.mark.parametrize(
    ("url", "exit_", "what"),
    [
        ("", CONFIGURATION, "not set"),
        ("mysql://me@db/w", USAGE, "does not begin with postgresql://"),
        ("postgresql://db/w", USAGE, "lacks a user, a host or a database"),
        ("postgresql://me@db", USAGE, "lacks a user, a host or a database"),
        ("postgresql://me@db/w/x", USAGE, "lacks a user, a host or a database"),
        ("postgresql://me@db:many/w", USAGE, "not a valid URL"),
        (f"postgresql://me:{SECRET}@db/w", USAGE, "contains a password"),
        (f"postgresql://me:{SECRET}#/?@db/w", USAGE, "contains a password"),
        (f"postgresql://me@db/w?password={SECRET}", USAGE, "contains a password"),
        ("postgresql://me@db/w?options=x", USAGE, 'unknown parameter "options"'),
        ("postgresql://me@db/w?sslmode=always", CONFIGURATION, 'sslmode is "always"'),
        ("postgresql://me@db/w?sslrootcert=/no/such.pem", CONFIGURATION, "cannot be read"),
    ],
)
def test_a_wrong_url_is_refused(url: str, exit_: int, what: str) -> None:
    failure = refused(url).failure
    assert failure.exit == exit_
    assert failure.doing == "Reading PACELINE_WAREHOUSE"
    assert what in failure.what


def test_a_password_is_read_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "password").write_text(f"{SECRET}\n")
    assert profile(URL, f"file:{tmp_path}/password")["DBT_ENV_SECRET_PACELINE_PASSWORD"] == SECRET
    assert "the file cannot be read" in str(refused(URL, f"file:{tmp_path}/absent"))
    (tmp_path / "password").write_text("\n")
    assert "it is empty" in str(refused(URL, f"file:{tmp_path}/password"))


def test_a_password_is_read_from_aws(monkeypatch: pytest.MonkeyPatch) -> None:
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "eu-west-1",
    }.items():
        monkeypatch.setenv(name, value)
    try:
        boto3.client("ssm").put_parameter(Name="/w/password", Value=SECRET, Type="SecureString")
        boto3.client("secretsmanager").create_secret(Name="w", SecretString=f'{{"password":"{SECRET}"}}')
        for reference in ("ssm:/w/password", "secretsmanager:w#password"):
            assert profile(URL, reference)["DBT_ENV_SECRET_PACELINE_PASSWORD"] == SECRET
        for reference, what in {
            "ssm:/w/absent": "there is no secret",
            "secretsmanager:absent": "there is no secret",
            "secretsmanager:w#pass": "no such member",
        }.items():
            failure = refused(URL, reference).failure
            assert (failure.exit, what in failure.what) == (CONFIGURATION, True)
    finally:
        server.stop()
