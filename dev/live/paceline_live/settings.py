"""The settings of whoever runs it: the variables that extract and load take, for one account."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from paceline_local.commands import Outcome, run_jar
from paceline_local.tools import Tools

NEEDED = (
    "PACELINE_LAKE",
    "PACELINE_TOKENS",
    "PACELINE_STRAVA_CLIENT_ID",
    "PACELINE_STRAVA_CLIENT_SECRET",
    "PACELINE_STRAVA_ACCOUNTS",
    "PACELINE_WAREHOUSE",
    "PACELINE_WAREHOUSE_PASSWORD",
)
_PREFIX = "PACELINE_"
_INSTANCE = "AWS_EC2_METADATA_DISABLED"


def missing(environment: Mapping[str, str]) -> list[str]:
    return [name for name in NEEDED if not environment.get(name, "").strip()]


@dataclass(frozen=True)
class Live:
    """One account, what the commands are told of it, and a folder that goes with the run."""

    tools: Tools
    account: str
    environment: Mapping[str, str]
    region: str | None
    folder: Path

    @staticmethod
    def of(environment: Mapping[str, str], tools: Tools, folder: Path) -> "Live":
        """All settings of this shell: on an instance of AWS its role may be the credentials."""
        account = environment["PACELINE_STRAVA_ACCOUNTS"].split(",")[0].strip()
        ours = {name: value for name, value in environment.items() if name.startswith(_PREFIX)}
        ours[_INSTANCE] = environment.get(_INSTANCE, "false")
        return Live(tools, account, ours, environment.get("AWS_REGION"), folder)

    @property
    def lake(self) -> str:
        return self.environment["PACELINE_LAKE"]

    def run(self, jar: str, *words: str, **other: str) -> Outcome:
        """One of the commands; `other` replaces settings."""
        return run_jar(self.tools, jar, words, {**self.environment, **other}, self.folder / f"{jar}-{words[0]}.log")
