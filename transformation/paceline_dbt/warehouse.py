"""The warehouse's address, from the same setting as load's: `PACELINE_WAREHOUSE`, as dbt's profile takes it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from paceline_dbt.exits import Exit
from paceline_dbt.failure import FailureError, setting_refused
from paceline_dbt.secret import resolve_secret
from paceline_dbt.tls import FOR_LIBPQ, is_verified, mode_of

VARIABLE = "PACELINE_WAREHOUSE"
PASSWORD = "PACELINE_WAREHOUSE_PASSWORD"  # noqa: S105 the name of a variable
UNVERIFIED = "PACELINE_WAREHOUSE_UNVERIFIED"
PROFILE_PREFIX = "DBT_PACELINE_"
HOST = f"{PROFILE_PREFIX}HOST"
ROOTS = f"{PROFILE_PREFIX}SSLROOTCERT"
_FORM = "set it to postgresql://user@host:port/database"
_DEFAULT_PORT = 5432
# Python's parser accepts these; load's does not.
_NOT_IN_A_URL = re.compile(r'[\x00-\x20\x7f"<>\\^`{|}]|%00|%(?![0-9A-Fa-f]{2})')


@dataclass(frozen=True)
class Warehouse:
    """`tls` is the `sslmode`; `password` is empty if none is set, as for a server that trusts the connection."""

    user: str
    host: str
    port: int
    database: str
    tls: str
    password: str

    @staticmethod
    def of(environment: Mapping[str, str]) -> "Warehouse":
        url = environment.get(VARIABLE, "")
        if not url.strip():
            raise _refused("it is not set", _FORM, Exit.USAGE)
        user, host, port, database, sslmode = _parse(url)
        tls = mode_of(VARIABLE, host, sslmode, _unverified(environment))
        setting = environment.get(PASSWORD, "")
        password = resolve_secret(PASSWORD, setting) if setting.strip() else ""
        return Warehouse(user, host, port, database, tls, password)

    @property
    def is_verified(self) -> bool:
        return is_verified(self.tls)

    def for_profile(self, roots: str) -> dict[str, str]:
        """The variables of `profiles.yml`, and libpq's own. dbt keeps a DBT_ENV_SECRET_… out of its output.

        `roots` is the file of the trusted CAs, or `NO_FILE` if the server is not verified.
        """
        return {
            f"{PROFILE_PREFIX}USER": self.user,
            HOST: self.host,
            f"{PROFILE_PREFIX}PORT": str(self.port),
            f"{PROFILE_PREFIX}DATABASE": self.database,
            f"{PROFILE_PREFIX}SSLMODE": self.tls,
            ROOTS: roots,
            "DBT_ENV_SECRET_PACELINE_PASSWORD": self.password,
            **FOR_LIBPQ,
        }


def _parse(url: str) -> tuple[str, str, int, str, str | None]:
    """By the rules of load's WarehouseAddress. No message repeats the URL: it may contain a password that nobody recognised."""
    _refuse_password(url)
    if _NOT_IN_A_URL.search(url):
        raise _refused("it is not a valid URL", _FORM)
    try:
        parts = urlsplit(url)
    except ValueError:
        raise _refused("it is not a valid URL", _FORM) from None
    if "%" in parts.netloc.rpartition("@")[2]:  # names a network interface of this machine: [fe80::1%25]
        raise _refused("it is not a valid URL", _FORM)
    user, database = unquote(parts.username or ""), unquote(parts.path.removeprefix("/"))
    parameters = _parameters(parts.query)
    if ":" in user or any("password" in name.lower() for name in parameters):
        raise _contains_password()
    if not url.startswith(("postgresql:", "postgres:")):
        raise _refused("it does not begin with postgresql://", _FORM)
    host = parts.hostname or ""
    if not (user and host and database) or "/" in database or _is_mistyped_address(host):
        raise _refused("it lacks a user, a host or a database", _FORM)
    for name in parameters:
        if name != "sslmode":
            certificates = "remove it, and name the file in PACELINE_WAREHOUSE_CA"
            remedy = certificates if name == "sslrootcert" else "remove it; only sslmode is known"
            raise _refused(f'it has the unknown parameter "{name}"', remedy)
    try:
        port = _DEFAULT_PORT if parts.port is None else parts.port
    except ValueError:
        raise _refused("its port is not a number up to 65535", _FORM) from None
    return user, host, port, database, parameters.get("sslmode")


def _is_mistyped_address(host: str) -> bool:
    """Such as 127.999.1.1; the last part of a name begins with a letter."""
    _, dot, last = host.removesuffix(".").rpartition(".")
    if not dot or not last[:1].isdigit():
        return False
    try:
        ip_address(host)
    except ValueError:
        return True
    return False


def _parameters(query: str) -> dict[str, str]:
    """A `+` stays one: it is common in the name of a file."""
    pairs = (pair.partition("=") for pair in query.split("&")) if query else ()
    return {name: unquote(value) for name, _, value in pairs}


def _refuse_password(url: str) -> None:
    """Decides by the text alone, because a password may contain `@`, `#`, `/` or `?`."""
    _, slashes, remainder = url.partition("//")
    before, at, _ = (remainder if slashes else url).rpartition("@")
    if at and ":" in before:
        raise _contains_password()


def _contains_password() -> FailureError:
    return _refused("it contains a password, which anyone can see in the process list", f"remove it and set {PASSWORD}")


def _unverified(environment: Mapping[str, str]) -> bool:
    text = environment.get(UNVERIFIED, "")
    if text.strip() and text not in ("true", "false"):
        raise setting_refused(UNVERIFIED, f'"{text}" is neither true nor false', "give one of the two")
    return text == "true"


def _refused(what: str, remedy: str, exit_: Exit = Exit.CONFIGURATION) -> FailureError:
    return setting_refused(VARIABLE, what, remedy, exit_)
