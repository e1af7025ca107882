"""The names that requests may call this server by.

A web page can make its own name point to this machine (DNS rebinding), and then its scripts may read what a server here
responds. The browser still sends the page's name as the host.
"""

import ipaddress
import re
from collections.abc import Iterable

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_HOST = re.compile(r"(?P<name>\[[0-9a-fA-F:.]+\]|[^:\[\]]+)(:[0-9]{1,5})?")


class HostNames:
    """Loopback's names, and those that the server was started for."""

    def __init__(self, more: Iterable[str] = ()) -> None:
        self._names = {_normal(name) for name in (*_LOOPBACK, *more)}

    def allow(self, hosts: list[str]) -> bool:
        """Whether a request with these `Host` headers, of which there must be one, is meant for this server."""
        found = _HOST.fullmatch(hosts[0]) if len(hosts) == 1 else None
        return found is not None and _normal(found["name"]) in self._names

    def __str__(self) -> str:
        return ", ".join(sorted(self._names))


def own_name(address: str) -> str:
    """What a client on this machine calls the server that listens on `address`, which may mean all addresses of the machine."""
    return "127.0.0.1" if address in ("", "0.0.0.0") else address  # noqa: S104 nothing is bound here


def _normal(name: str) -> str:
    plain = name.strip("[]").removesuffix(".").lower()
    try:
        return str(ipaddress.ip_address(plain))
    except ValueError:
        return plain
