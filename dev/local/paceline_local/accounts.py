"""Account names for the sandbox's athletes, as a user would choose them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any


def account_name(athlete: Mapping[str, Any]) -> str:
    """The first name in `[a-z0-9_-]`, or the id if there is none."""
    plain = unicodedata.normalize("NFKD", str(athlete.get("firstname") or "")).encode("ascii", "ignore").decode()
    return slug(plain) or f"athlete-{athlete['id']}"


def account_names(athletes: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Each athlete by a unique name; duplicates get their id appended."""
    named: dict[str, Mapping[str, Any]] = {}
    for athlete in athletes:
        name = account_name(athlete)
        named[f"{name}-{athlete['id']}" if name in named else name] = athlete
    return named


def slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:40]
