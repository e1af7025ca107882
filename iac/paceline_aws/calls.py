"""Calls of AWS, whose errors become failures that the user can act on."""

import os
from collections.abc import Callable
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from paceline_local.failure import UNAVAILABLE, Failure

_CONFIG = Config(connect_timeout=10, read_timeout=30, retries={"mode": "standard", "total_max_attempts": 4})


def client(service: str, region: str | None) -> Any:
    """Takes credentials from where AWS's own programs do; without a region, that too, and from AWS_REGION as Terraform does."""
    try:
        return boto3.Session().client(service, region_name=region or os.environ.get("AWS_REGION"), config=_CONFIG)
    except (BotoCoreError, ValueError) as error:
        what = f"AWS cannot be called: {str(error).rstrip('.')}."
        raise Failure(what, "Set AWS_REGION, and AWS_PROFILE or an access key.") from None


def called[T](doing: str, call: Callable[[], T]) -> T:
    """The call's result. Of AWS's answer the code alone is shown: its message may repeat what was sent."""
    try:
        return call()
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "an error without a code")
        remedy = "Check what your AWS credentials may do, and the region."
        raise Failure(f"{doing} failed: AWS answered {code}.", remedy, UNAVAILABLE) from None
    except BotoCoreError as error:
        raise Failure(
            f"{doing} failed: {str(error).rstrip('.')}.", "Check your AWS credentials and the network.", UNAVAILABLE
        ) from None
