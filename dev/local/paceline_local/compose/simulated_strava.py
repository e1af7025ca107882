"""The sandbox's control API, as other containers call it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paceline_local.sandbox_control import SandboxControl

URL = "http://sandbox:8091"


@dataclass(frozen=True)
class SimulatedStrava:
    """`state` is the folder with the sandbox's files, mounted from its volume."""

    state: Path
    url: str = URL

    @property
    def client_secret(self) -> str:
        return (self.state / "client-secret").read_text().strip()

    def athletes(self) -> list[Mapping[str, Any]]:
        return list(self.control("GET", "athletes"))

    def begin_next_day(self) -> str:
        """Advances its clock by a day, and returns what it says then."""
        self.control("PUT", "clock", {"advance": "P1D"})
        return str(self.control("GET", "clock")["now"])

    def control(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        return SandboxControl.of(self.state / "ready.json", "its log", self.url).call(method, path, body)
