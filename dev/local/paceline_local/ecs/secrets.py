"""The secrets of containers: a file that replaces SSM's parameters and Secrets Manager's secrets, under the same names."""

import json
import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from paceline_local.ecs.json_files import parse_object, string_map
from paceline_local.failure import Failure

_PARAMETER_ARN = re.compile(r"arn:[a-z-]+:ssm:[a-z0-9-]*:[0-9]*:parameter(/.+)")
# With a member of the secret's JSON, such as `password`, then empty places for a version's stage and id.
_SECRET_ARN = re.compile(r"(arn:[a-z-]+:secretsmanager:[a-z0-9-]*:[0-9]*:secret:[^:]+)(?::([^:]+)::|:::)")


@dataclass(frozen=True)
class Secrets:
    """Values by parameter name, e.g. `/paceline/strava/client_secret`, or by the ARN of a secret of Secrets Manager.

    `origin` is where to add a missing one.
    """

    values: Mapping[str, str] = field(repr=False)
    origin: str = "the secrets of this endpoint"

    @staticmethod
    def read(path: Path) -> "Secrets":
        """Reads a JSON object from a file that only its owner can read."""
        try:
            with path.open("rb") as file:
                mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
                text = file.read()
        except OSError as error:
            remedy = 'Write {"/paceline/…": "value"} there, readable by its owner only (chmod 600).'
            raise Failure(f"The secrets cannot be read from {path}: {error.strerror}.", remedy) from None
        if mode & 0o077:
            raise Failure(f"The secrets in {path} can be read or changed by others (mode {mode:04o}).", f"chmod 600 {path}")
        return Secrets(string_map(parse_object(text, path, "The secrets"), f"The secrets in {path}"), str(path))

    def lookup(self, value_from: str) -> str | None:
        """By a parameter's name or ARN, or a secret's ARN. A parameter's always has a slash before the name."""
        if value_from in self.values:
            return self.values[value_from]
        secret = _SECRET_ARN.fullmatch(value_from)
        if secret is not None:
            return _member(self.values.get(secret[1]), secret[2])
        arn = _PARAMETER_ARN.fullmatch(value_from)
        if arn is None:
            return None
        return self.values.get(arn[1], self.values.get(arn[1].removeprefix("/")))


def _member(secret: str | None, name: str | None) -> str | None:
    """The whole secret without a name; None if it has no such text."""
    if secret is None or name is None:
        return secret
    try:
        value = json.loads(secret)[name]
    except (ValueError, KeyError, TypeError):
        return None
    return value if isinstance(value, str) else None
