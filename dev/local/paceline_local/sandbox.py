"""The process of the simulated Strava: started, found by its ready file, and stopped. Its state file is kept."""

import json
import secrets
import subprocess
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from paceline_local.clean_environment import clean_environment
from paceline_local.failure import UNAVAILABLE, Failure
from paceline_local.java import jar_command
from paceline_local.logged import error_line
from paceline_local.marks import end_marked, mark
from paceline_local.paths import CHECKOUT
from paceline_local.private_file import write_private
from paceline_local.sandbox_control import CLIENT_ID, SandboxControl
from paceline_local.tools import Tools
from paceline_local.waiting import wait_until

JAR = CHECKOUT / "dev" / "sandbox" / "target" / "sandbox.jar"
# In seconds, until a stopped sandbox is killed.
_GRACE = 20


@dataclass
class Sandbox:
    """One simulated Strava per folder; `options` are those of `sandbox serve`."""

    folder: Path
    options: Sequence[str] = field(default_factory=tuple)
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False, repr=False)
    _held_before: str | None = field(default=None, init=False, repr=False)

    @property
    def log(self) -> Path:
        return self.folder / "sandbox.log"

    @property
    def _ready_file(self) -> Path:
        return self.folder / "ready.json"

    @property
    def _client_secret_file(self) -> Path:
        return self.folder / "client-secret"

    @property
    def client_secret(self) -> str:
        """Each sandbox has its own: with it anybody could read its activities, which may be a real athlete's."""
        return self._client_secret_file.read_text()

    @property
    def _state_file(self) -> Path:
        return self.folder / "state.json"

    @property
    def replays(self) -> bool:
        """Whether its activities are recorded ones."""
        return "--replay" in self.options

    def start(self, tools: Tools) -> "Sandbox":
        """Starts a new process, and waits until it accepts calls."""
        return self.launch(tools).wait_until_ready()

    def launch(self, tools: Tools) -> "Sandbox":
        """Starts a new process without waiting, after stopping one that a killed command left behind."""
        self.stop()
        self._held_before = self._last_held()
        self.folder.mkdir(parents=True, exist_ok=True)
        if not self._client_secret_file.exists():
            whole = self._client_secret_file.with_suffix(".new")
            whole.unlink(missing_ok=True)
            write_private(whole, secrets.token_urlsafe(24))
            whole.replace(self._client_secret_file)  # never seen half-written
        files = {"--state": self._state_file, "--ready-file": self._ready_file, "--client-secret-file": self._client_secret_file}
        options = ["serve", "--port", "0", *(word for option in files.items() for word in option)]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*jar_command(tools, JAR), *map(str, options), *self.options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=clean_environment(mark(self.folder)),
                start_new_session=True,
            )
        return self

    def wait_until_ready(self) -> "Sandbox":
        process = self._process
        if process is None:
            raise RuntimeError("launch() comes first")

        def ready_or_ended() -> bool:
            return self._ready_file.exists() or process.poll() is not None

        wait_until(ready_or_ended, "The sandbox was not ready", f"See its log {self.log}.")
        if not self._ready_file.exists():
            raise Failure(f"The sandbox did not start: {error_line(self.log)}", f"See its log {self.log}.", UNAVAILABLE)
        return self

    def now(self) -> str:
        """The time by its clock."""
        return str(self.control("GET", "clock")["now"])

    def begin_next_day(self) -> None:
        """Advances its clock by a day, unless it shows another time than when it last ran: a newer recording moves it as well."""
        if self.now() == self._held_before:
            self.control("PUT", "clock", {"advance": "P1D"})

    def _last_held(self) -> str | None:
        """The time at which its clock was held when it last ran; None if it never ran, or its clock followed the host's."""
        if not self._state_file.exists():
            return None
        held = json.loads(self._state_file.read_text())["heldAt"]
        return None if held is None else str(held)

    def stop(self) -> bool:
        """Returns whether one was running."""
        ended = end_marked(self.folder, _GRACE)
        if self._process is not None:
            self._process.wait()
        self._ready_file.unlink(missing_ok=True)
        return ended > 0

    def is_ready(self) -> bool:
        """Whether one has started here, and was not stopped since."""
        return self._ready_file.exists()

    @property
    def url(self) -> str:
        return self._control().url

    def control(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Calls the control API and returns its response, e.g. `control("PUT", "clock", {"advance": "P1D"})`."""
        return self._control().call(method, path, body)

    def control_request(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> urllib.request.Request:
        """The same call with its key, for a caller that reads the response itself."""
        return self._control().request(method, path, body)

    def _control(self) -> SandboxControl:
        return SandboxControl.of(self._ready_file, f"its log {self.log}")

    def for_extract(self) -> dict[str, str]:
        return {
            "PACELINE_STRAVA_API_URL": f"{self.url}/api/v3",
            "PACELINE_STRAVA_OAUTH_URL": f"{self.url}/oauth",
            "PACELINE_STRAVA_CLIENT_ID": CLIENT_ID,
            "PACELINE_STRAVA_CLIENT_SECRET": self.client_secret,
        }
