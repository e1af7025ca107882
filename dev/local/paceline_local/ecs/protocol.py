"""AWS's JSON protocol: an action named by X-Amz-Target, a JSON object as its request, another as its answer."""

import json
import logging
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from paceline_local.ecs.members import Members
from paceline_local.ecs.refusals import Refusal

Action = Callable[[Members], dict[str, Any]]

_logger = logging.getLogger(__name__)


class Protocol:
    """Finds the action that a request names, among those of each service."""

    def __init__(self, services: Mapping[str, Mapping[str, Action]]) -> None:
        self._actions = {f"{service}.{name}": action for service, actions in services.items() for name, action in actions.items()}

    def answer(self, target: str, body: bytes) -> tuple[int, dict[str, Any]]:
        """The status and the body; a bug of ours is a 500, as AWS has them, and keeps its trace on the log."""
        try:
            return 200, self._action(target)(Members(_object(body)))
        except Refusal as refusal:
            return refusal.status, refusal.body
        except Exception:
            _logger.exception("The local ECS endpoint failed at %s.", target)
            message = "The local ECS endpoint failed; its trace is on its log."
            return 500, {"__type": "ServerException", "message": message}

    def _action(self, target: str) -> Action:
        action = self._actions.get(target)
        if action is None:
            served = ", ".join(sorted(name.rpartition(".")[2] for name in self._actions))
            message = f"The local ECS endpoint does not serve '{target}'; it serves {served}."
            raise Refusal("UnknownOperationException", message)
        return action


def _object(body: bytes) -> dict[str, Any]:
    """No body is an empty object."""
    try:
        value = json.loads(body or b"{}", parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as why:
        raise Refusal("SerializationException", f"The request is no JSON: {why}.") from None
    if not isinstance(value, dict):
        raise Refusal("SerializationException", "The request is no JSON object.")
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no value of JSON")
