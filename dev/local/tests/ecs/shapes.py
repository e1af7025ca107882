"""Checks a response of the endpoint against botocore's model of the service: what boto3 would not understand fails here."""

import json
from functools import cache
from typing import Any

import botocore.session
from botocore.model import OperationModel, Shape

# AWS returns these before it looks at the action; no model lists them.
_PROTOCOL_ERRORS = {
    "SerializationException",
    "UnknownOperationException",
    "MissingAuthenticationTokenException",
    "IncompleteSignatureException",
    "UnrecognizedClientException",
    "InvalidSignatureException",
}
_TYPES = {
    "string": str,
    "integer": int,
    "long": int,
    "boolean": bool,
    "double": float,
    "float": float,
    "timestamp": int | float,
    "structure": dict,
    "map": dict,
    "list": list,
}


@cache
def operation(service: str, action: str) -> OperationModel:
    return botocore.session.get_session().get_service_model(service).operation_model(action)


def check_response(action: OperationModel, status: int, body: bytes) -> None:
    """Checks the response to one request, be it a result or an error."""
    value = json.loads(body)
    if status == 200:
        check(action.output_shape, value, action.name)
    else:
        check_error(action, value)


def check_error(action: OperationModel, value: dict[str, Any]) -> None:
    known = {shape.name: shape for shape in action.error_shapes}
    code = value.pop("__type")
    assert code in known or code in _PROTOCOL_ERRORS, f"{action.name} has no error {code}; boto3 knows {sorted(known)}"
    assert isinstance(value.pop("message"), str)
    if code in known:
        check(known[code], value, code)
    else:
        assert not value, f"{code} has no {sorted(value)}"


def check(shape: Shape, value: Any, where: str) -> None:
    expected = _TYPES[shape.type_name]
    assert isinstance(value, expected), f"{where} is a {shape.type_name}, not {value!r}"
    assert isinstance(value, bool) == (shape.type_name == "boolean"), f"{where} is a {shape.type_name}, not {value!r}"
    if shape.type_name == "structure":
        unknown, missing = value.keys() - shape.members.keys(), set(shape.required_members) - value.keys()
        assert not unknown, f"{where} has no {sorted(unknown)}"
        assert not missing, f"{where} lacks {sorted(missing)}"
        for name, member in value.items():
            check(shape.members[name], member, f"{where}.{name}")
    elif shape.type_name == "list":
        _check_size(shape, len(value), where)
        for i, member in enumerate(value):
            check(shape.member, member, f"{where}[{i}]")
    elif shape.type_name == "map":
        for name, member in value.items():
            check(shape.key, name, where)
            check(shape.value, member, f"{where}.{name}")
    elif shape.type_name == "string":
        _check_size(shape, len(value), where)
        assert not shape.enum or value in shape.enum, f"{where} is one of {shape.enum}, not {value}"


def _check_size(shape: Shape, size: int, where: str) -> None:
    least, most = shape.metadata.get("min", 0), shape.metadata.get("max", size)
    assert least <= size <= most, f"{where} has {size} items, not {least} to {most}"
