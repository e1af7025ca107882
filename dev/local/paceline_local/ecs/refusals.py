"""What ECS and CloudWatch Logs refuse: an error's code, as boto3 knows it, and its sentence, where known in AWS's own words."""

from collections.abc import Mapping
from typing import Any


class Refusal(Exception):  # noqa: N818 it is an answer, no defect
    """The answer to a request that cannot be done as it was asked."""

    def __init__(self, code: str, message: str, *, status: int = 400, members: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.status = status
        self.body = {"__type": code, "message": message, **(members or {})}


def refuse_definition(message: str) -> Refusal:
    """ECS answers so to whatever is wrong with a task definition."""
    return Refusal("ClientException", message)


def refuse_parameter(message: str) -> Refusal:
    return Refusal("InvalidParameterException", message)
