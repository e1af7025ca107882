"""Settings where the commands find them: variables (`PACELINE_…`), else `paceline.yaml`."""

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
    """`file` is the one that was read, None where there is none."""

    variables: Mapping[str, str]
    file: Path | None
    members: Mapping[str, Any]

    @staticmethod
    def of(variables: Mapping[str, str], folder: Path) -> "Configuration":
        """The file that PACELINE_CONFIG names, else the folder's if it has one."""
        named = variables.get(CONFIG)
        file = folder / (named or FILE)
        if named is None and not file.exists():
            return Configuration(variables, None, {})
        return Configuration(variables, file, _members(file))

    def find(self, setting: str) -> str:
        """`lake` or `strava.accounts`, of which several are separated by commas; empty where neither place has it."""
        if value := self.variables.get(variable_of(setting), "").strip():
            return value
        found: Any = self.members
        for name in setting.split("."):
            found = found.get(name) if isinstance(found, dict) else None
        several = found if isinstance(found, list) else [found]
        return ",".join(str(one).strip() for one in several if one is not None)


def _members(file: Path) -> Mapping[str, Any]:
    try:
        members = yaml.safe_load(file.read_text())
    except OSError as unreadable:
        raise Failure(
            f"The settings {file} cannot be read: {unreadable.strerror}.", f"Correct {CONFIG}.", CONFIGURATION
        ) from None
    except yaml.MarkedYAMLError as malformed:
        line = malformed.problem_mark.line + 1 if malformed.problem_mark else 1
        raise Failure(f"The settings {file} are no YAML in line {line}.", "Correct the line.", CONFIGURATION) from None
    if members is None:
        return {}
    if not isinstance(members, dict):
        raise Failure(f"The settings {file} hold no names.", "Write lines like lake: file:///dir.", CONFIGURATION)
    return members
