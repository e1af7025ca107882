"""Which lines of `dev/.env` replace which stand-in, and what is refused before anything starts."""

from typing import Any

import pytest
from paceline_local.compose.deploy import credentials, deployment, parameters
from paceline_local.compose.settings import Settings, Strava
from paceline_local.failure import CONFIGURATION, Failure

from .env_lines import AWS, STRAVA, WAREHOUSE, WRITTEN


def test_without_lines_of_its_own_everything_is_a_stand_in() -> None:
    settings = Settings.read(WRITTEN)
    assert (settings.lake, settings.aws.endpoint, settings.strava) == ("s3://paceline/lake", "http://s3:7070", None)
    assert (settings.warehouse_password, settings.tokens) == ("of-the-stand-in", "file:///tokens")
    assert settings.warehouse == "postgresql://paceline@postgres:5432/warehouse"
    assert "s3-secret" not in str(settings)


def test_a_real_bucket_takes_aws_itself_with_the_given_key() -> None:
    settings = Settings.read({**WRITTEN, **AWS, "AWS_SESSION_TOKEN": "session", "PACELINE_TOKENS": "ssm:/paceline/tokens"})
    assert (settings.lake, settings.aws.endpoint, settings.tokens) == ("s3://bucket/lake", None, "ssm:/paceline/tokens")
    assert credentials(settings.aws).splitlines() == [
        "[default]",
        "aws_access_key_id = AKIA1",
        "aws_secret_access_key = aws-secret",
        "aws_session_token = session",
    ]


def test_a_real_strava_and_a_real_warehouse_become_the_parameters() -> None:
    settings = Settings.read({**WRITTEN, **STRAVA, **WAREHOUSE})
    assert settings.strava == Strava("12345", "strava-secret", "anna,ben")
    assert parameters(settings, settings.strava) == {
        "/paceline/strava/accounts": "anna,ben",
        "/paceline/strava/client-id": "12345",
        "/paceline/strava/client-secret": "strava-secret",
        "/paceline/warehouse/url": "postgresql://me@db.example:5432/w",
        "/paceline/warehouse/password": "real",
    }


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ({"PACELINE_LAKE": "file:///data"}, "PACELINE_LAKE=file:///data is not s3://bucket/prefix"),
        ({"PACELINE_LAKE": "s3://bucket"}, "AWS_ACCESS_KEY_ID is not set"),
        ({**AWS, "AWS_SECRET_ACCESS_KEY": ""}, "AWS_SECRET_ACCESS_KEY is not set"),
        ({"PACELINE_TOKENS": "ssm:/tokens"}, "PACELINE_TOKENS=ssm:/tokens needs AWS"),
        ({"PACELINE_WAREHOUSE": "postgresql://me@db/w"}, "PACELINE_WAREHOUSE_PASSWORD is not set"),
        ({**STRAVA, "PACELINE_STRAVA_ACCOUNTS": ""}, "PACELINE_STRAVA_ACCOUNTS is not set"),
        ({"PACELINE_STRAVA_CLIENT_SECRET": "secret"}, "PACELINE_STRAVA_CLIENT_ID is not set"),
        ({"PACELINE_STRAVA_ACCOUNTS": "me"}, "PACELINE_STRAVA_CLIENT_ID is not set"),
        ({"AWS_ACCESS_KEY_ID": "AKIA1"}, "AWS_ACCESS_KEY_ID is set, but PACELINE_LAKE is not set"),
        ({"AWS_SECRET_ACCESS_KEY": "key"}, "AWS_SECRET_ACCESS_KEY is set, but PACELINE_LAKE is not set"),
        ({"AWS_SESSION_TOKEN": "token"}, "AWS_SESSION_TOKEN is set, but PACELINE_LAKE is not set"),
        ({"PACELINE_WAREHOUSE_PASSWORD": "real"}, "PACELINE_WAREHOUSE_PASSWORD is set, but PACELINE_WAREHOUSE is not set"),
        ({"PACELINE_WAREHOUSE_CA": "/ca.pem"}, "PACELINE_WAREHOUSE_CA is set, but PACELINE_WAREHOUSE is not set"),
        ({"PACELINE_WAREHOUSE_UNVERIFIED": "true"}, "PACELINE_WAREHOUSE_UNVERIFIED is set, but PACELINE_WAREHOUSE is not set"),
        ({**WAREHOUSE, "PACELINE_WAREHOUSE_UNVERIFIED": "yes"}, "PACELINE_WAREHOUSE_UNVERIFIED=yes is neither true nor false"),
        ({"PACELINE_RETRIES": "some"}, "PACELINE_RETRIES=some is not a number"),
    ],
)
def test_half_of_a_replacement_is_refused_by_the_name_of_the_line(lines: dict[str, Any], message: str) -> None:
    with pytest.raises(Failure, match=message) as failed:
        Settings.read({**WRITTEN, **lines})
    assert failed.value.exit_code == CONFIGURATION
    assert "dev/.env.example" in str(failed.value)


def test_the_dags_find_the_families_of_the_task_definitions() -> None:
    written = deployment(Settings.read(WRITTEN), ["paceline-extract-strava", "paceline-load"])
    assert written["families"] == {"extract-strava": "paceline-extract-strava", "load": "paceline-load"}
    assert (written["lake"], written["cluster"]) == ("s3://paceline/lake", "paceline")
