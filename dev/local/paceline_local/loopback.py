"""Loopback never goes through a proxy, whatever this shell's proxy variables say."""

from collections.abc import Mapping

_SPELLINGS = ("no_proxy", "NO_PROXY")
# Only where it stands alone: in a list, programs ignore it.
_EVERY_HOST = "*"
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def no_proxy_for_loopback(environment: Mapping[str, str]) -> dict[str, str]:
    """Both spellings of NO_PROXY, with what either has in `environment`: some programs read only one, others prefer one."""
    lists = [environment.get(spelling, "").strip() for spelling in _SPELLINGS]
    if {*lists} - {""} == {_EVERY_HOST}:
        return dict.fromkeys(_SPELLINGS, _EVERY_HOST)
    named = [host.strip() for hosts in lists for host in hosts.split(",")]
    kept = [host for host in named if host not in ("", _EVERY_HOST)]
    return dict.fromkeys(_SPELLINGS, ",".join(dict.fromkeys([*kept, *_LOOPBACK])))
