"""Settings from the same places as the commands': variables (`PACELINE_…`), or else `paceline.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from paceline_local.failure import CONFIGURATION, Failure

CONFIG = "PACELINE_CONFIG"
FILE = "paceline.yaml"


def variable_of(setting: str) -> str:
    """`strava.client_id` is `PACELINE_STRAVA_CLIENT_ID`."""
    return f"PACELINE_{setting.upper().replace('.', '_')}"


@dataclass(frozen=True)
class Configuration:
    """`file` is the file that was read, if any."""

    variables: Mapping[str, str]
    file: Path | None
    values: Mapping[str, Any]

    @staticmethod
    def of(variables: Mapping[str, str], folder: Path) -> "Configuration":
        """Reads the file that PACELINE_CONFIG names, or else the folder's, if there is one."""
        named = variables.get(CONFIG)
        file = folder / (named or FILE)
        if named is None and not file.exists():
            return Configuration(variables, None, {})
        return Configuration(variables, file, _read(file))

    def find(self, setting: str) -> str:
        """The value of e.g. `lake` or `strava.accounts`, a list joined by commas; empty if it is not set."""
        if value := self.variables.get(variable_of(setting), "").strip():
            return value
        found: Any = self.values
        for name in setting.split("."):
            found = found.get(name) if isinstance(found, dict) else None
        several = found if isinstance(found, list) else [found]
        return ",".join(str(one).strip() for one in several if one is not None)


def _read(file: Path) -> Mapping[str, Any]:
    try:
        values = yaml.safe_load(file.read_text())
    except OSError as unreadable:
        raise Failure(
            f"The settings {file} cannot be read: {unreadable.strerror}.", f"Correct {CONFIG}.", CONFIGURATION
        ) from None
    except yaml.MarkedYAMLError as malformed:
        line = malformed.problem_mark.line + 1 if malformed.problem_mark else 1
        raise Failure(f"The settings {file} are not valid YAML in line {line}.", "Correct the line.", CONFIGURATION) from None
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise Failure(f"The settings {file} are not a mapping.", "Write lines like lake: file:///dir.", CONFIGURATION)
    return values
