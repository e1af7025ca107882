"""Errors of ECS and CloudWatch Logs: the code that boto3 knows, and a message, in AWS's own words where they are known."""

from collections.abc import Mapping
from typing import Any


class ApiError(Exception):
    """The error response to a request."""

    def __init__(self, code: str, message: str, *, status: int = 400, fields: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.status = status
        self.body = {"__type": code, "message": message, **(fields or {})}


def invalid_definition(message: str) -> ApiError:
    """What ECS returns for anything wrong with a task definition."""
    return ApiError("ClientException", message)


def invalid_parameter(message: str) -> ApiError:
    return ApiError("InvalidParameterException", message)
