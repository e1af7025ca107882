"""Secrets by reference, as in extract and load: the secret itself, `file:PATH`, `ssm:/path` or `secretsmanager:name[#member]`."""

import json
import stat
import sys
from pathlib import Path

from paceline_dbt.exits import Exit
from paceline_dbt.failure import Failure, FailureError


def resolve_secret(name: str, setting: str) -> str:
    """`name` is the variable that the setting comes from. A message never contains the secret."""
    scheme, colon, where = setting.partition(":")
    if not colon or scheme not in ("file", "ssm", "secretsmanager"):
        return setting
    doing = f"Reading the secret {name} from {setting}"
    if scheme == "file":
        secret = _from_file(name, doing, where)
    else:
        from paceline_dbt.aws_secret import secret_of  # noqa: PLC0415 importing boto3 takes half a second

        key, _, member = where.partition("#") if scheme == "secretsmanager" else (where, "", "")
        text = secret_of(doing, scheme, key)
        secret = _member(doing, text, member).strip() if member else text.strip()
    if not secret:
        raise _refused(doing, "there is no secret, or it is empty", f"put it there, or correct {name}")
    return secret


def _from_file(name: str, doing: str, path: str) -> str:
    try:
        text = Path(path).read_text()
        mode = Path(path).stat().st_mode
    except (OSError, ValueError):
        raise _refused(doing, "the file cannot be read", "create it, readable by this user alone") from None
    if mode & stat.S_IROTH:
        print(f"Everyone on this machine can read the secret {name} in {path}: run chmod 600 on it.", file=sys.stderr)
    return text.strip()


def _member(doing: str, text: str, member: str) -> str:
    try:
        found = json.loads(text)
    except ValueError:  # its message may quote the secret
        found = None
    if not isinstance(found, dict):
        raise _refused(doing, "the secret is not a JSON object", f'name it without #{member}, or store {{"{member}":"…"}} there')
    value = found.get(member)
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        raise _refused(doing, "the secret has no such member", "correct the name after the #")
    return str(value)


def _refused(doing: str, what: str, remedy: str) -> FailureError:
    return FailureError(Failure(Exit.CONFIGURATION, doing, what, remedy))
