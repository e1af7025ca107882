"""The user's settings, the same that extract and load use, for one account."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from paceline_local.commands import Outcome, run_jar
from paceline_local.tools import Tools

from paceline_live.configuration import CONFIG, Configuration

NEEDED = (
    "lake",
    "tokens",
    "strava.client_id",
    "strava.client_secret",
    "strava.accounts",
    "warehouse",
    "warehouse_password",
)
_PREFIX = "PACELINE_"
_INSTANCE = "AWS_EC2_METADATA_DISABLED"


def missing(configuration: Configuration) -> list[str]:
    return [setting for setting in NEEDED if not configuration.find(setting)]


@dataclass(frozen=True)
class Live:
    """One account, its lake, the environment of the commands, and a folder that is deleted after the run."""

    tools: Tools
    account: str
    lake: str
    environment: Mapping[str, str]
    region: str | None
    folder: Path

    @staticmethod
    def of(configuration: Configuration, tools: Tools, folder: Path) -> "Live":
        """Passes on this shell's settings. On an AWS instance, the credentials may come from its role."""
        variables = configuration.variables
        ours = {name: value for name, value in variables.items() if name.startswith(_PREFIX)}
        ours[_INSTANCE] = variables.get(_INSTANCE, "false")
        if configuration.file is not None:
            ours[CONFIG] = str(configuration.file)  # the commands run in another folder
        account = configuration.find("strava.accounts").split(",")[0].strip()
        return Live(tools, account, configuration.find("lake"), ours, variables.get("AWS_REGION"), folder)

    @property
    def temporary_lake(self) -> Path:
        """A lake for this run only: the account's own may not exist yet, and is not changed."""
        return self.folder / "lake"

    def run(self, jar: str, *words: str, **other: str) -> Outcome:
        """Runs one of the commands; `other` overrides settings."""
        return run_jar(self.tools, jar, words, {**self.environment, **other}, self.folder / f"{jar}-{words[0]}.log")
