"""How a connection is protected, by the rules of load's `TlsMode`: by what the URL says, otherwise by where its host is.

On another machine, only `verify-full` verifies that the server is the one that the URL names.
"""

import os
from ipaddress import IPv6Address, ip_address

from paceline_dbt.failure import FailureError, setting_refused

# There can be no file at this path. libpq takes an empty one for its default, which is a file in ~/.postgresql.
NO_FILE = f"{os.devnull}/none"
# What libpq would take from this machine on its own, and load does not.
FOR_LIBPQ = {
    # With a Kerberos ticket, GSSAPI would encrypt instead of TLS, and no certificate would be verified.
    "PGGSSENCMODE": "disable",
    # A client certificate and revoked certificates, of ~/.postgresql.
    "PGSSLCERTMODE": "disable",
    "PGSSLCRL": NO_FILE,
}

_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
_VERIFYING = ("verify-ca", "verify-full")


def mode_of(variable: str, host: str, given: str | None, unverified: bool) -> str:
    """The mode of a connection; `given` is the URL's, and `variable` holds the URL."""
    if given is not None and given not in _MODES:
        raise setting_refused(variable, f'sslmode is "{given}"', f"choose one of {', '.join(_MODES)}")
    if _is_loopback(host):
        return given or "prefer"
    if unverified:
        return given or "require"
    if given not in (None, "verify-full"):
        raise _too_weak(variable, given, host)
    return "verify-full"


def is_verified(mode: str) -> bool:
    """Whether the server's certificate is verified."""
    return mode in _VERIFYING


def _too_weak(variable: str, mode: str, host: str) -> FailureError:
    return setting_refused(
        variable,
        f'sslmode "{mode}" does not verify that the server is {host}',
        "remove it, or set PACELINE_WAREHOUSE_UNVERIFIED=true to accept any server",
    )


def _is_loopback(host: str) -> bool:
    """By its spelling: what a name resolves to is not asked, because whoever answers may be the one in between."""
    try:
        address = ip_address(host)
    except ValueError:
        return host.lower() == "localhost"
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback
