"""The secrets of containers: a file that replaces SSM's parameters, under the same names."""

import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from paceline_local.ecs.json_files import parse_object, string_map
from paceline_local.failure import Failure

_PARAMETER_ARN = re.compile(r"arn:[a-z-]+:ssm:[a-z0-9-]*:[0-9]*:parameter(/.+)")


@dataclass(frozen=True)
class Secrets:
    """Values by parameter name, e.g. `/paceline/strava/client_secret`; `origin` is where to add a missing one."""

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
        """By a parameter's name or ARN. The ARN has a slash before the name even if the name has none."""
        if value_from in self.values:
            return self.values[value_from]
        arn = _PARAMETER_ARN.fullmatch(value_from)
        if arn is None:
            return None
        return self.values.get(arn[1], self.values.get(arn[1].removeprefix("/")))
