"""Calls of AWS, whose errors become failures that the user can act on."""

import os
from collections.abc import Callable
from typing import Any

import boto3
from botocore import exceptions
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from paceline_local.failure import CONFIGURATION, UNAVAILABLE, Failure

# As in docs/reference/commands.md: credentials were refused.
REFUSED = 77
_CONFIG = Config(connect_timeout=10, read_timeout=30, retries={"mode": "standard", "total_max_attempts": 4})
_SIGN_IN = "Sign in (`aws sso login`), or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
_REGION = "Set AWS_REGION, for example AWS_REGION=eu-west-1."
_NETWORK = "Check the network and the region, and run it again."
# By the first that fits.
_REMEDIES: tuple[tuple[tuple[type[Exception], ...], str, int], ...] = (
    ((exceptions.NoRegionError, exceptions.InvalidRegionError), _REGION, CONFIGURATION),
    ((exceptions.ProfileNotFound,), "Set AWS_PROFILE to one that `aws configure list-profiles` lists.", CONFIGURATION),
    (
        (
            exceptions.NoCredentialsError,
            exceptions.PartialCredentialsError,
            exceptions.CredentialRetrievalError,
            exceptions.SSOError,
            exceptions.TokenRetrievalError,
        ),
        _SIGN_IN,
        REFUSED,
    ),
    ((exceptions.HTTPClientError, exceptions.ConnectionError), _NETWORK, UNAVAILABLE),
)
_OTHERWISE = "Check AWS's settings: the variables AWS_… and the files in ~/.aws."
# What AWS's codes call for, by the first that fits.
_SIGN_IN_AGAIN = {
    "ExpiredToken",
    "ExpiredTokenException",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "RequestExpired",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException",
}
_NOT_ALLOWED = {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"}
_LATER = {"ServerException", "InternalServerError", "ServiceUnavailable", "Throttling", "ThrottlingException"}


def client(service: str, region: str | None) -> Any:
    """Takes credentials from where AWS's own programs do; without a region, that too, and from AWS_REGION as Terraform does."""
    try:
        return boto3.Session().client(service, region_name=region or os.environ.get("AWS_REGION"), config=_CONFIG)
    except (BotoCoreError, ValueError) as error:
        raise _failure("AWS cannot be called", error) from None


def call_aws[T](doing: str, call: Callable[[], T]) -> T:
    """The call's result. Of AWS's answer the code alone is shown: its message may repeat what was sent."""
    try:
        return call()
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "an error without a code")
        raise Failure(f"{doing} failed: AWS answered {code}.", *_after(code)) from None
    except BotoCoreError as error:
        raise _failure(f"{doing} failed", error) from None


def _after(code: str) -> tuple[str, int]:
    if code in _SIGN_IN_AGAIN:
        return _SIGN_IN, REFUSED
    if code in _NOT_ALLOWED:
        return "Use AWS credentials that may do this.", REFUSED
    if code in _LATER:
        return "Try again later.", UNAVAILABLE
    return "Check that the environment is applied in this account and region.", UNAVAILABLE


def _failure(what: str, error: Exception) -> Failure:
    fitting = ((remedy, code) for kinds, remedy, code in _REMEDIES if isinstance(error, kinds))
    remedy, exit_code = next(fitting, (_OTHERWISE, CONFIGURATION))
    return Failure(f"{what}: {str(error).rstrip('.')}.", remedy, exit_code)
