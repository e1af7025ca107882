"""The sandbox's control API, which moves its clock, lists its athletes and injects faults."""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from paceline_local.failure import UNAVAILABLE, Failure
from paceline_local.waiting import PATIENCE

# The application that the sandbox knows; its secret is in the sandbox's folder.
CLIENT_ID = "20001"


@dataclass(frozen=True)
class SandboxControl:
    """The API of one running sandbox, with the key that it made at its start; `log` is what to look at if a call fails."""

    url: str
    key: str = field(repr=False)
    log: str

    @staticmethod
    def of(ready_file: Path, log: str, url: str | None = None) -> "SandboxControl":
        """`url` is how the caller reaches it, if not by the address in the ready file."""
        ready = json.loads(ready_file.read_text())
        return SandboxControl(url or str(ready["url"]), str(ready["control_key"]), log)

    def call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Returns the response, e.g. of `call("PUT", "clock", {"advance": "P1D"})`."""
        try:
            with urllib.request.urlopen(self.request(method, path, body), timeout=PATIENCE) as response:  # noqa: S310
                text = response.read()
        except urllib.error.URLError as error:
            reason = error.read().decode() if isinstance(error, urllib.error.HTTPError) else error.reason
            raise Failure(f"The sandbox refused {method} {path}: {reason}", f"See {self.log}.", UNAVAILABLE) from None
        return json.loads(text) if text else None

    def request(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> urllib.request.Request:
        """The same call with its key, for a caller that reads the response itself."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.key}"}
        return urllib.request.Request(f"{self.url}/control/{path}", data, headers, method=method)  # noqa: S310
