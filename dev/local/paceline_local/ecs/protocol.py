"""AWS's JSON protocol: X-Amz-Target names the action; request and response are JSON objects, and the request is signed."""

import json
import logging
from collections.abc import Callable, Mapping
from email.message import Message
from typing import Any, NoReturn

from paceline_local.ecs.api_errors import ApiError
from paceline_local.ecs.request_fields import RequestFields
from paceline_local.ecs.signatures import Signatures

Action = Callable[[RequestFields], dict[str, Any]]

_logger = logging.getLogger(__name__)


class Protocol:
    """Dispatches a request to the action it names."""

    def __init__(self, signatures: Signatures, services: Mapping[str, Mapping[str, Action]]) -> None:
        self._signatures = signatures
        self._actions = {f"{service}.{name}": action for service, actions in services.items() for name, action in actions.items()}

    def handle(self, headers: Message, body: bytes) -> tuple[int, dict[str, Any]]:
        """The status and the body. A bug is a 500, as from AWS, and its stack trace goes to the log."""
        target = headers.get("X-Amz-Target", "")
        try:
            self._signatures.verify(headers, body)
            return 200, self._action(target)(RequestFields(_object(body)))
        except ApiError as error:
            return error.status, error.body
        except Exception:
            _logger.exception("The local ECS endpoint failed at %s.", target)
            message = "The local ECS endpoint failed; its log has the stack trace."
            return 500, {"__type": "ServerException", "message": message}

    def _action(self, target: str) -> Action:
        action = self._actions.get(target)
        if action is None:
            supported = ", ".join(sorted(name.rpartition(".")[2] for name in self._actions))
            message = f"The local ECS endpoint does not support '{target}'; it supports {supported}."
            raise ApiError("UnknownOperationException", message)
        return action


def _object(body: bytes) -> dict[str, Any]:
    """An empty body counts as an empty object."""
    try:
        value = json.loads(body or b"{}", parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise ApiError("SerializationException", f"The request is not valid JSON: {error}.") from None
    if not isinstance(value, dict):
        raise ApiError("SerializationException", "The request is not a JSON object.")
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON value")
