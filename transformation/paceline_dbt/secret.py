"""Secrets by reference, as in extract and load: the secret itself, `file:PATH`, `ssm:/path` or `secretsmanager:name[#member]`."""

import json
from pathlib import Path

from paceline_dbt.exits import Exit
from paceline_dbt.failure import Failure, FailureError


def resolve_secret(name: str, setting: str) -> str:
    """`name` is the variable that the setting comes from. A message never contains the secret."""
    scheme, colon, where = setting.partition(":")
    if not colon or scheme not in ("file", "ssm", "secretsmanager"):
        return setting
    doing = f"Reading the secret {name} from {setting}"
    secret = _from_file(doing, where) if scheme == "file" else _from_aws(doing, scheme, where)
    if not secret:
        raise _failure(Exit.CONFIGURATION, doing, "it is empty", f"put the secret there, or correct {name}")
    return secret


def _from_file(doing: str, path: str) -> str:
    try:
        return Path(path).read_text().strip()
    except (OSError, ValueError):
        raise _failure(Exit.CONFIGURATION, doing, "the file cannot be read", "create it, readable by this user alone") from None


def _from_aws(doing: str, scheme: str, where: str) -> str:
    """Imports boto3 only here: the import takes half a second."""
    import boto3  # noqa: PLC0415
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415

    key, _, member = where.partition("#") if scheme == "secretsmanager" else (where, "", "")
    try:
        if scheme == "ssm":
            found = boto3.client("ssm").get_parameter(Name=key, WithDecryption=True)["Parameter"]["Value"]
        else:
            found = boto3.client("secretsmanager").get_secret_value(SecretId=key)["SecretString"]
    except ClientError as error:
        raise _aws_failure(doing, error.response["Error"].get("Code", ""), error.response["ResponseMetadata"]) from None
    except BotoCoreError as error:
        raise _failure(Exit.CONFIGURATION, doing, str(error), "correct the AWS credentials or the region") from None
    return (_member(doing, found, member) if member else found).strip()


def _aws_failure(doing: str, code: str, metadata: dict[str, int]) -> FailureError:
    if code in ("ParameterNotFound", "ResourceNotFoundException"):
        return _failure(Exit.CONFIGURATION, doing, "there is no secret", "put it there, or correct the name or the region")
    if metadata.get("HTTPStatusCode", 0) >= 500 or "Throttl" in code:
        return _failure(Exit.UNAVAILABLE, doing, f"AWS cannot answer now ({code})", "try again in a few minutes")
    return _failure(Exit.CONFIGURATION, doing, f"AWS denied access ({code})", "grant these AWS credentials the right to read it")


def _member(doing: str, text: str, member: str) -> str:
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise _failure(Exit.CONFIGURATION, doing, "the secret is not a JSON object", "name it without the # and what follows")
    value = found.get(member)
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        raise _failure(Exit.CONFIGURATION, doing, "the secret has no such member", "correct the name after the #")
    return str(value)


def _failure(exit_: Exit, doing: str, what: str, remedy: str) -> FailureError:
    return FailureError(Failure(exit_, doing, what, remedy))
