"""Holds an answer of the endpoint against botocore's model of the service: what boto3 would not understand fails here."""

import json
from functools import cache
from typing import Any

import botocore.session
from botocore.model import OperationModel, Shape

# AWS answers so before it looks which action was asked; no model lists them.
_OF_THE_PROTOCOL = {"SerializationException", "UnknownOperationException"}
_KINDS = {
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


def check_answer(asked: OperationModel, status: int, body: bytes) -> None:
    """Of one request, be it an answer or an error."""
    value = json.loads(body)
    if status == 200:
        check(asked.output_shape, value, asked.name)
    else:
        check_error(asked, value)


def check_error(asked: OperationModel, value: dict[str, Any]) -> None:
    known = {shape.name: shape for shape in asked.error_shapes}
    code = value.pop("__type")
    assert code in known or code in _OF_THE_PROTOCOL, f"{asked.name} has no error {code}; boto3 knows {sorted(known)}"
    assert isinstance(value.pop("message"), str)
    if code in known:
        check(known[code], value, code)
    else:
        assert not value, f"{code} has no {sorted(value)}"


def check(shape: Shape, value: Any, where: str) -> None:
    kind = _KINDS[shape.type_name]
    assert isinstance(value, kind), f"{where} is a {shape.type_name}, not {value!r}"
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
