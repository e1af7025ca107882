"""Reads JSON files that hold one object. Error messages never show their content, which may be secret."""

import json
from pathlib import Path
from typing import Any

from paceline_local.failure import Failure


def read_object(path: Path, what: str) -> dict[str, Any]:
    try:
        text = path.read_bytes()
    except OSError as error:
        raise Failure(f"{what} cannot be read from {path}: {error.strerror}.", "Name an existing file.") from None
    return parse_object(text, path, what)


def parse_object(text: bytes, path: Path, what: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        position = f"line {error.lineno}: {error.msg}" if isinstance(error, json.JSONDecodeError) else type(error).__name__
        raise Failure(f"{what} in {path} is not valid JSON ({position}).", "Correct the file.") from None
    if not isinstance(value, dict):
        raise Failure(f"{what} in {path} is not a JSON object.", 'Write names and values in braces: {"name": …}.')
    return value


def string_map(value: Any, where: str) -> dict[str, str]:
    """An object whose values are all strings, such as an environment."""
    if not isinstance(value, dict):
        raise Failure(f"{where} is not a JSON object.", 'Write it as {"NAME": "value"}.')
    for name, text in value.items():
        if not isinstance(text, str):
            raise Failure(f"{where} gives '{name}' a value that is not a string.", "Put the value in quotes.")
    return value
