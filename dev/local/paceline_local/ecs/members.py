"""Reads the members of a request: an absent one is None or empty, one of the wrong kind is refused by its name."""

from collections.abc import Mapping
from typing import Any

from paceline_local.ecs.refusals import Refusal

_KINDS = {str: "a string", int: "a whole number", bool: "true or false", list: "a list", dict: "an object"}


class Members:
    """One object of a request; `where` is its place in it, as `containerDefinitions[0]`. JSON's null is an absent member."""

    def __init__(self, raw: Mapping[str, Any], where: str = "") -> None:
        self.raw = {name: value for name, value in raw.items() if value is not None}
        self._where = where

    def text(self, name: str) -> str | None:
        return self._of_kind(self.raw.get(name), str, self._place(name))

    def whole(self, name: str) -> int | None:
        return self._of_kind(self.raw.get(name), int, self._place(name))

    def flag(self, name: str, otherwise: bool) -> bool:
        value = self._of_kind(self.raw.get(name), bool, self._place(name))
        return otherwise if value is None else value

    def object(self, name: str) -> "Members":
        """Empty where it is absent."""
        return Members(self._of_kind(self.raw.get(name), dict, self._place(name)) or {}, self._place(name))

    def texts(self, name: str) -> list[str]:
        return [self._of_kind(item, str, place) or "" for item, place in self._items(name)]

    def objects(self, name: str) -> list["Members"]:
        return [Members(self._of_kind(item, dict, place) or {}, place) for item, place in self._items(name)]

    def pairs(self, name: str, key: str, value: str) -> list[tuple[str, str]]:
        """A list of objects with a name and a value each, as `environment` is one."""
        return [(item.text(key) or "", item.text(value) or "") for item in self.objects(name)]

    def _items(self, name: str) -> list[tuple[Any, str]]:
        place = self._place(name)
        return [(item, f"{place}[{i}]") for i, item in enumerate(self._of_kind(self.raw.get(name), list, place) or [])]

    def _place(self, name: str) -> str:
        return f"{self._where}.{name}" if self._where else name

    @staticmethod
    def _of_kind[T](value: Any, kind: type[T], place: str) -> T | None:
        # A bool is an int to Python, but not to AWS.
        if value is None or (isinstance(value, kind) and not (kind is int and isinstance(value, bool))):
            return value
        raise Refusal("SerializationException", f"{place} must be {_KINDS[kind]}.")
