"""Reads JSON files that hold one object; what is wrong with one is said without showing what it holds."""

import json
from pathlib import Path
from typing import Any

from paceline_local.failure import Failure


def read_object(path: Path, what: str) -> dict[str, Any]:
    try:
        text = path.read_bytes()
    except OSError as why:
        raise Failure(f"{what} cannot be read from {path}: {why.strerror}.", "Name a file that is there.") from None
    return parse_object(text, path, what)


def parse_object(text: bytes, path: Path, what: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as why:
        place = f"line {why.lineno}: {why.msg}" if isinstance(why, json.JSONDecodeError) else type(why).__name__
        raise Failure(f"{what} in {path} is no JSON ({place}).", "Mend the file.") from None
    if not isinstance(value, dict):
        raise Failure(f"{what} in {path} is no JSON object.", 'It begins with { and holds names and values: {"name": …}.')
    return value


def texts_by_name(value: Any, where: str) -> dict[str, str]:
    """An object of names and strings, as an environment is one."""
    if not isinstance(value, dict):
        raise Failure(f"{where} is no JSON object.", 'Write it as {"NAME": "value"}.')
    for name, text in value.items():
        if not isinstance(text, str):
            raise Failure(f"{where} gives '{name}' something else than a string.", "Put its value in quotes.")
    return value
