"""Typed access to the fields of a request: an absent field is None or empty, one of the wrong type is an error that names it."""

from collections.abc import Mapping
from typing import Any

from paceline_local.ecs.api_errors import ApiError

_TYPE_NAMES = {str: "a string", int: "a whole number", bool: "true or false", list: "a list", dict: "an object"}


class RequestFields:
    """One object of a request. `where` is its path in the request, e.g. `containerDefinitions[0]`. JSON null counts as absent."""

    def __init__(self, raw: Mapping[str, Any], where: str = "") -> None:
        self.raw = {name: value for name, value in raw.items() if value is not None}
        self._where = where

    def text(self, name: str) -> str | None:
        return self._checked(self.raw.get(name), str, self._path(name))

    def integer(self, name: str) -> int | None:
        return self._checked(self.raw.get(name), int, self._path(name))

    def boolean(self, name: str, default: bool) -> bool:
        value = self._checked(self.raw.get(name), bool, self._path(name))
        return default if value is None else value

    def object(self, name: str) -> "RequestFields":
        """Empty if absent."""
        return RequestFields(self._checked(self.raw.get(name), dict, self._path(name)) or {}, self._path(name))

    def texts(self, name: str) -> list[str]:
        return [self._checked(item, str, path) or "" for item, path in self._items(name)]

    def objects(self, name: str) -> list["RequestFields"]:
        return [RequestFields(self._checked(item, dict, path) or {}, path) for item, path in self._items(name)]

    def pairs(self, name: str, key: str, value: str) -> list[tuple[str, str]]:
        """A list of objects with a name and a value each, such as `environment`."""
        return [(item.text(key) or "", item.text(value) or "") for item in self.objects(name)]

    def _items(self, name: str) -> list[tuple[Any, str]]:
        path = self._path(name)
        return [(item, f"{path}[{i}]") for i, item in enumerate(self._checked(self.raw.get(name), list, path) or [])]

    def _path(self, name: str) -> str:
        return f"{self._where}.{name}" if self._where else name

    @staticmethod
    def _checked[T](value: Any, expected: type[T], path: str) -> T | None:
        # A bool is an int to Python, but not to AWS.
        if value is None or (isinstance(value, expected) and not (expected is int and isinstance(value, bool))):
            return value
        raise ApiError("SerializationException", f"{path} must be {_TYPE_NAMES[expected]}.")
