"""Evaluates CloudWatch's filter patterns for JSON, as far as ours use them; anything else is an error.

As CloudWatch documents it: a line that is not JSON matches nothing, and neither does a comparison with a member that is absent.
"""

import json
import re
from fnmatch import fnmatchcase
from typing import Any

_TOKEN = re.compile(
    r"\s*(?:(?P<symbol>&&|\|\||[()])|\$\.(?P<member>\w+)\s*(?P<operator>=|!=)\s*(?P<value>\"[^\"]*\"|-?\d+(?![\w.])))"
)


class PatternError(AssertionError):
    """The pattern is wrong, or uses something that is not known here."""


def matches(pattern: str, line: str) -> bool:
    """Whether a line of a log is counted by a metric filter."""
    whole = re.fullmatch(r"\{(.*)\}", pattern.strip())
    if not whole:
        raise PatternError(f"{pattern} is not a pattern for JSON.")
    try:
        record = json.loads(line)
    except json.JSONDecodeError:
        record = None
    tokens = _tokens(whole[1])
    result = _either(tokens, record if isinstance(record, dict) else {})
    if tokens:
        raise PatternError(f"{pattern} goes on after its end.")
    return result


def _tokens(text: str) -> list[re.Match[str]]:
    found, rest = [], text.strip()
    while rest:
        token = _TOKEN.match(rest)
        if not token:
            raise PatternError(f"This is unknown to tests: {rest}")
        found.append(token)
        rest = rest[token.end() :].strip()
    return found


def _either(tokens: list[re.Match[str]], record: dict[str, Any]) -> bool:
    result = _both(tokens, record)
    while tokens and tokens[0]["symbol"] == "||":
        tokens.pop(0)
        # Not `or` with the call on its right: its tokens have to be read in any case.
        following = _both(tokens, record)
        result = result or following
    return result


def _both(tokens: list[re.Match[str]], record: dict[str, Any]) -> bool:
    result = _one(tokens, record)
    while tokens and tokens[0]["symbol"] == "&&":
        tokens.pop(0)
        following = _one(tokens, record)
        result = result and following
    return result


def _one(tokens: list[re.Match[str]], record: dict[str, Any]) -> bool:
    if not tokens:
        raise PatternError("The pattern ends too early.")
    token = tokens.pop(0)
    if token["symbol"] == "(":
        result = _either(tokens, record)
        if not tokens or tokens.pop(0)["symbol"] != ")":
            raise PatternError("A parenthesis is not closed.")
        return result
    if token["symbol"]:
        raise PatternError(f"{token['symbol']} is in the wrong place.")
    return _compares(record.get(token["member"]), token["operator"], json.loads(token["value"]))


def _compares(value: Any, operator: str, wanted: str | int) -> bool:
    if isinstance(wanted, str):
        comparable, equal = isinstance(value, str), isinstance(value, str) and fnmatchcase(value, wanted)
    else:
        comparable, equal = isinstance(value, int) and not isinstance(value, bool), value == wanted
    return comparable and equal == (operator == "=")
