"""The secrets of containers: a file in place of SSM's parameters, under the names that SSM will have."""

import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from paceline_local.ecs.json_files import parse_object, texts_by_name
from paceline_local.failure import Failure

_PARAMETER_ARN = re.compile(r"arn:[a-z-]+:ssm:[a-z0-9-]*:[0-9]*:parameter(/.+)")


@dataclass(frozen=True)
class Secrets:
    """Values by parameter name, e.g. `/paceline/strava/client_secret`; `origin` is where a missing one should be put."""

    values: Mapping[str, str] = field(repr=False)
    origin: str = "the secrets of this endpoint"

    @staticmethod
    def read(path: Path) -> "Secrets":
        """A JSON object that only its owner may read."""
        try:
            with path.open("rb") as file:
                mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
                text = file.read()
        except OSError as why:
            remedy = 'Write {"/paceline/…": "value"} there, for its owner alone (chmod 600).'
            raise Failure(f"The secrets cannot be read from {path}: {why.strerror}.", remedy) from None
        if mode & 0o077:
            raise Failure(f"The secrets in {path} can be read or changed by others (mode {mode:04o}).", f"chmod 600 {path}")
        return Secrets(texts_by_name(parse_object(text, path, "The secrets"), f"The secrets in {path}"), str(path))

    def lookup(self, value_from: str) -> str | None:
        """By a parameter's name or its ARN, which has the name without the slash that a plain name lacks."""
        if value_from in self.values:
            return self.values[value_from]
        arn = _PARAMETER_ARN.fullmatch(value_from)
        if arn is None:
            return None
        return self.values.get(arn[1], self.values.get(arn[1].removeprefix("/")))
