"""Loopback never goes through a proxy, whatever this shell's proxy variables say."""

from collections.abc import Mapping

_SPELLINGS = ("no_proxy", "NO_PROXY")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def no_proxy_for_loopback(environment: Mapping[str, str]) -> dict[str, str]:
    """Both spellings of NO_PROXY, with what either has in `environment`: some programs read only one, others prefer one."""
    named = [host.strip() for spelling in _SPELLINGS for host in environment.get(spelling, "").split(",")]
    # `*` means every host only where it stands alone.
    hosts = "*" if "*" in named else ",".join(dict.fromkeys([*filter(None, named), *_LOOPBACK]))
    return dict.fromkeys(_SPELLINGS, hosts)
