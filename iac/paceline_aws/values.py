"""What can be known of a parameter's value before it is stored. No message contains the value."""

import ipaddress
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from paceline_local.failure import Failure

from paceline_aws.parameters import Parameter

# As the containers recognize them: orchestration/dags/paceline/environment.py.
_SECRET = re.compile(r"(SECRET|PASSWORD|API_KEY|TOKEN)(_|$)")
# As the lake has them: lake/src/main/java/dev/paceline/lake/LakeLayout.java.
_ACCOUNT = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")
# What a standard parameter of SSM holds.
_MOST_BYTES = 4096
_URL_FORM = "give postgresql://user@host:port/database"


def is_secret(variable: str) -> bool:
    """Whether it is not shown while it is typed."""
    return _SECRET.search(variable) is not None


def resolved(where: str, value: str) -> str:
    """The value, or the content of the file that it names by `file:PATH`, without the end of its last line."""
    if not value.startswith("file:"):
        return value
    name = value.removeprefix("file://").removeprefix("file:")
    try:
        return Path(name).expanduser().read_text(encoding="utf-8").removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError:
        reason = "is not UTF-8 text"
    except (OSError, ValueError, RuntimeError) as error:
        reason = f"cannot be read: {getattr(error, 'strerror', None) or error}"
    raise Failure(f"{where} names the file {name}, which {reason}.", "Name a text file that has the value and nothing else.")


def check(parameter: Parameter, value: str) -> None:
    """Raises a Failure that says what is wrong, without the value."""
    problem = _problem(parameter.variable, value)
    if problem:
        raise Failure(f"The value for {parameter.short} {problem}.", "Give another; nothing was stored.")


def _problem(variable: str, value: str) -> str | None:
    try:
        size = len(value.encode())
    except UnicodeEncodeError:
        return "is not UTF-8 text"
    unprintable = any(character < " " or character == "\x7f" for character in value)
    return _first(
        (not value.strip(), "is empty"),
        (value != value.strip(), "begins or ends with a space"),
        (unprintable, "has a control character, such as a line break"),
        (size > _MOST_BYTES, f"has more than {_MOST_BYTES} bytes"),
        (value.startswith(("ssm:", "secretsmanager:")), "is a reference; give the value itself"),
    ) or _problem_of_kind(variable, value)


def _problem_of_kind(variable: str, value: str) -> str | None:
    if variable.endswith("_CLIENT_ID"):
        return None if re.fullmatch(r"[0-9]+", value) else "is not a client id, which has digits only"
    if variable.endswith("_ACCOUNTS"):
        return _problem_of_accounts(value)
    return _problem_of_url(value) if variable == "PACELINE_WAREHOUSE" else None


def _problem_of_accounts(value: str) -> str | None:
    names = value.split(",")
    valid = all(_ACCOUNT.fullmatch(name) for name in names)
    return _first(
        (not valid, "is not a list of accounts such as anna,ben, each of a-z, 0-9, - and _, without spaces"),
        (len(set(names)) < len(names), "names an account twice"),
    )


def _problem_of_url(value: str) -> str | None:
    """The rules of load's WarehouseAddress. The text decides on a password, since a parser does not see every one."""
    before_host = value.partition("//")[2].rpartition("@")[0]
    try:
        url = urlsplit(value)
        host, _port, parameters = url.hostname, url.port, parse_qs(url.query, keep_blank_values=True)
    except ValueError:
        return f"is not a URL; {_URL_FORM}"
    return _first(
        (":" in before_host or any("password" in name.lower() for name in parameters), "contains a password: give it by itself"),
        (url.scheme not in ("postgresql", "postgres"), f"does not begin with postgresql://; {_URL_FORM}"),
        (not url.username or not host or not re.fullmatch(r"/[^/]+", url.path), f"lacks user, host or database; {_URL_FORM}"),
        (bool(parameters.keys() - {"sslmode"}), "has a parameter other than sslmode"),
        (_is_this_machine(host or ""), "names this machine, which no task on AWS reaches"),
    )


def _first(*problems: tuple[bool, str]) -> str | None:
    return next((problem for is_so, problem in problems if is_so), None)


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
