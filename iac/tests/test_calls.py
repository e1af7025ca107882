"""What AWS's errors call for: each cause has its own remedy and exit code."""

import os
from typing import Any

import pytest
from botocore.exceptions import (
    ClientError,
    EndpointConnectionError,
    NoCredentialsError,
    PartialCredentialsError,
    ReadTimeoutError,
    TokenRetrievalError,
    UnauthorizedSSOTokenError,
)
from paceline_aws.calls import call_aws, client
from paceline_local.failure import Failure

SIGN_IN = "Sign in (`aws sso login`), or set AWS_PROFILE or "


def answered(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "hush"}}, "RunTask")


@pytest.mark.parametrize(
    ("error", "remedy", "exit_code"),
    [
        (NoCredentialsError(), SIGN_IN, 77),
        (PartialCredentialsError(provider="env", cred_var="AWS_SECRET_ACCESS_KEY"), SIGN_IN, 77),
        (UnauthorizedSSOTokenError(), SIGN_IN, 77),
        (TokenRetrievalError(provider="sso", error_msg="Token has expired"), SIGN_IN, 77),
        (answered("ExpiredTokenException"), f"Doing it failed: AWS answered ExpiredTokenException. {SIGN_IN}", 77),
        (answered("AccessDeniedException"), "Use AWS credentials that may do this.", 77),
        (answered("ThrottlingException"), "Try again later.", 69),
        (answered("ClusterNotFoundException"), "Check that the environment is applied in this account and region.", 69),
        (EndpointConnectionError(endpoint_url="https://ecs"), "Check the network and the region, and run it again.", 69),
        (ReadTimeoutError(endpoint_url="https://ecs"), "Check the network and the region, and run it again.", 69),
    ],
)
def test_a_call_that_fails_says_what_to_do_about_its_cause(error: Exception, remedy: str, exit_code: int) -> None:
    def call() -> None:
        raise error

    with pytest.raises(Failure) as failure:
        call_aws("Doing it", call)
    assert (remedy in str(failure.value), failure.value.exit_code) == (True, exit_code), str(failure.value)
    assert "hush" not in str(failure.value)


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({}, "AWS cannot be called: You must specify a region. Set AWS_REGION, for example AWS_REGION=eu-west-1."),
        ({"AWS_PROFILE": "no"}, "The config profile (no) could not be found. Set AWS_PROFILE to one that"),
        ({"AWS_REGION": "eu west"}, "Set AWS_REGION, for example AWS_REGION=eu-west-1."),
    ],
)
def test_settings_that_do_not_work_are_named_before_a_call(
    settings: dict[str, str], sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    without: dict[str, Any] = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name, value in {**without, **settings}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(Failure) as failure:
        client("ssm", None)
    assert (sentence in str(failure.value), failure.value.exit_code) == (True, 78), str(failure.value)
