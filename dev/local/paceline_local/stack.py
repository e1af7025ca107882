"""All parts wired together, for the demo and the end-to-end tests."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paceline_local.accounts import account_names
from paceline_local.commands import Outcome, run_dbt, run_jar
from paceline_local.paths import Variant
from paceline_local.sandbox import Sandbox
from paceline_local.tokens import put_first_token
from paceline_local.tools import Tools
from paceline_local.warehouse import Warehouse

SOURCE = "strava"


@dataclass(frozen=True)
class Stack:
    """A sandbox, a lake and a token store (both in the variant's folder), and a warehouse."""

    tools: Tools
    variant: Variant
    sandbox: Sandbox
    warehouse: Warehouse

    def athletes(self) -> dict[str, Any]:
        """The sandbox's athletes by account name, with the refresh token that is valid now."""
        return dict(account_names(self.sandbox.control("GET", "athletes")))

    def authorize(self) -> list[str]:
        """Does what `extract authorize` does with the real Strava: stores a first token for each account that has none."""
        athletes = self.athletes()
        for account, athlete in athletes.items():
            put_first_token(self.variant.tokens, SOURCE, account, athlete)
        return list(athletes)

    def extract(self, *words: str, **env: str) -> Outcome:
        command = ["sync", SOURCE, *words]
        return run_jar(self.tools, "extract", command, {**self.extract_environment(), **env}, self._log("extract"))

    def load(self, step: str = "run", *words: str, **env: str) -> Outcome:
        command = [step, SOURCE, *words]
        return run_jar(self.tools, "load", command, {**self.load_environment(), **env}, self._log(f"load-{step}"))

    def dbt(self, *words: str) -> Outcome:
        return run_dbt(words or ("build",), self.warehouse.settings(), self.variant.folder / "dbt")

    def extract_environment(self) -> dict[str, str]:
        return {
            **self._lake(),
            **self.sandbox.for_extract(),
            "PACELINE_TOKENS": self.variant.tokens.as_uri(),
            "PACELINE_STRAVA_ACCOUNTS": ",".join(self.athletes()),
        }

    def load_environment(self) -> dict[str, str]:
        return {**self._lake(), **self.warehouse.settings()}

    def _lake(self) -> dict[str, str]:
        self.variant.lake.mkdir(parents=True, exist_ok=True)
        return {"PACELINE_LAKE": self.variant.lake.as_uri()}

    def _log(self, name: str) -> Path:
        return self.variant.logs / f"{name}.log"
