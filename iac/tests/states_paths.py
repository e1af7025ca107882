"""Paths and intrinsic functions of the Amazon States Language, as far as our state machine uses them."""

import copy
import json
import re
from collections.abc import Mapping
from typing import Any

MISSING = object()

_STEP = re.compile(r"\.(?P<name>\w+)|\[(?P<index>\d+)\]|\[\?\(@\.(?P<key>\w+)=='(?P<wanted>[^']*)'\)\]")
_FUNCTION = re.compile(r"States\.(\w+)\((.*)\)")


class PathError(AssertionError):
    """A path or a function fails: on AWS, the execution would fail without its Catch."""


def look_up(path: str, data: Any, context: Any, default: Any = None) -> Any:
    """The value at a path; `$$.` looks into the context. Without a default it must exist."""
    value, rest = (context, path[2:]) if path.startswith("$$") else (data, path[1:])
    if not path.startswith("$"):
        raise PathError(f"{path} is not a path.")
    while rest:
        step = _STEP.match(rest)
        if not step:
            raise PathError(f"{path} has a step that is unknown to tests: {rest}")
        rest = rest[step.end() :]
        value = _step(value, step)
        if value is MISSING:
            if default is not None:
                return default
            raise PathError(f"{path} does not exist in {json.dumps(data)}.")
    return value


def put(path: str, data: Any, value: Any) -> Any:
    """The data with a value at a path of names, which is made as far as it does not exist."""
    if path == "$":
        return value
    if not re.fullmatch(r"\$(\.\w+)+", path):
        raise PathError(f"{path} cannot be written to.")
    result = copy.deepcopy(data)
    *parents, last = path[2:].split(".")
    parent = result
    for name in parents:
        parent = parent.setdefault(name, {})
        if not isinstance(parent, dict):
            raise PathError(f"{path} leads through {name}, which is not an object.")
    parent[last] = value
    return result


def value_of(template: Any, data: Any, context: Any) -> Any:
    """A payload template with its paths and functions replaced."""
    if isinstance(template, Mapping):
        return {
            name.removesuffix(".$"): _expression(value, data, context) if name.endswith(".$") else value_of(value, data, context)
            for name, value in template.items()
        }
    if isinstance(template, list):
        return [value_of(each, data, context) for each in template]
    return template


def _step(value: Any, step: re.Match[str]) -> Any:
    name, index, key = step["name"], step["index"], step["key"]
    if name is not None:
        return value.get(name, MISSING) if isinstance(value, Mapping) else MISSING
    if not isinstance(value, list):
        return MISSING
    if index is not None:
        return value[int(index)] if int(index) < len(value) else MISSING
    return [each for each in value if each.get(key) == step["wanted"]]


def _expression(text: str, data: Any, context: Any) -> Any:
    function = _FUNCTION.fullmatch(text)
    if not function:
        return copy.deepcopy(look_up(text, data, context))
    arguments = [_argument(each.strip(), data, context) for each in function[2].split(",")]
    match function[1], arguments:
        case "MathAdd", [int(first), int(second)]:
            return first + second
        case "Format", ["{}", int() | str() as only]:
            return str(only)
        case "ArrayGetItem", [list(array), int(index)] if 0 <= index < len(array):
            return copy.deepcopy(array[index])
        case "StringToJson", [str(json_text)]:
            return json.loads(json_text)
    raise PathError(f"{text} is unknown to tests, for the arguments {arguments}.")


def _argument(text: str, data: Any, context: Any) -> Any:
    if text.startswith("$"):
        return look_up(text, data, context)
    if text.startswith("'"):
        return text.strip("'")
    if not text.isdecimal():
        raise PathError(f"{text} is not an argument that tests know.")
    return int(text)
