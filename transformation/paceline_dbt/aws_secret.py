"""Reads a secret from SSM or Secrets Manager, and says what the user can do if AWS does not deliver it."""

import os

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as AwsConnectionError

from paceline_dbt.exits import Exit
from paceline_dbt.failure import Failure, FailureError

_SERVICES = {"ssm": "SSM", "secretsmanager": "Secrets Manager"}
_PERMISSIONS = {"ssm": "ssm:GetParameter", "secretsmanager": "secretsmanager:GetSecretValue"}
_LIMITS = Config(connect_timeout=5, read_timeout=30, retries={"mode": "standard", "total_max_attempts": 3})
_MISSING = ("ParameterNotFound", "ResourceNotFoundException")
_DENIED = ("AccessDeniedException", "AccessDenied", "NotAuthorized", "OptInRequired")
_UNKNOWN_CREDENTIALS = (
    "UnrecognizedClientException",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "SignatureDoesNotMatch",
    "IncompleteSignature",
    "MissingAuthenticationToken",
    "ExpiredToken",
    "ExpiredTokenException",
)


def secret_of(doing: str, service: str, key: str) -> str:
    """The value of `ssm` or `secretsmanager`; empty if there is none, or if it is binary."""
    try:
        # boto3 alone ignores AWS_REGION, which extract and load read and which ECS sets.
        client = boto3.Session(region_name=os.environ.get("AWS_REGION") or None).client(service, config=_LIMITS)
        if service == "ssm":
            return client.get_parameter(Name=key, WithDecryption=True)["Parameter"]["Value"]
        return client.get_secret_value(SecretId=key).get("SecretString", "")
    except ClientError as refused:
        code, status = refused.response["Error"].get("Code", ""), refused.response["ResponseMetadata"]["HTTPStatusCode"]
        if code in _MISSING:
            return ""
        raise FailureError(_refusal(doing, service, code, status)) from None
    except (HTTPClientError, AwsConnectionError) as unreachable:
        what = f"{_SERVICES[service]} cannot be reached ({unreachable})"
        remedy = "check the network, the region and AWS_ENDPOINT_URL"
        raise FailureError(Failure(Exit.UNAVAILABLE, doing, what, remedy)) from None
    except BotoCoreError as wrong:
        remedy = "set AWS_REGION, and AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the task a role"
        raise FailureError(Failure(Exit.CONFIGURATION, doing, str(wrong).rstrip("."), remedy)) from None


def _refusal(doing: str, service: str, code: str, status: int) -> Failure:
    """Without AWS's own message, which may quote what was sent."""
    response = f"{_SERVICES[service]} returned {status} {code}".strip()
    if code in _UNKNOWN_CREDENTIALS:
        return Failure(Exit.CONFIGURATION, doing, response, "sign in to AWS again, or correct the keys of these credentials")
    if code in _DENIED or status == 403:
        what, remedy = f"access denied ({response})", f"grant these AWS credentials {_PERMISSIONS[service]}, and kms:Decrypt"
        return Failure(Exit.CONFIGURATION, doing, what, remedy)
    if status >= 500 or "Throttling" in code or "TooMany" in code:
        return Failure(Exit.UNAVAILABLE, doing, response, "try again in a few minutes")
    return Failure(Exit.CONFIGURATION, doing, response, "check the name, the region and the encryption key")
