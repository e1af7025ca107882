"""The sandbox's control API, as other containers call it."""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paceline_local.failure import UNAVAILABLE, Failure

URL = "http://sandbox:8091"
CLIENT_ID = "20001"


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
        key = json.loads((self.state / "ready.json").read_text())["control_key"]
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key}"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/control/{path}", data, headers, method=method)  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
                text = response.read()
        except urllib.error.URLError as error:
            reason = error.read().decode() if isinstance(error, urllib.error.HTTPError) else error.reason
            raise Failure(f"The sandbox refused {method} {path}: {reason}", "See its log.", UNAVAILABLE) from None
        return json.loads(text) if text else None
