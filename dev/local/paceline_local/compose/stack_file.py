"""A stack of `dev/compose.yaml` as this machine sees it: its settings, addresses and logs."""

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from paceline_local.failure import UNAVAILABLE, Failure
from paceline_local.orchestration.api import AirflowApi
from paceline_local.paths import CHECKOUT
from paceline_local.private_file import write_private
from paceline_local.warehouse import Warehouse


@dataclass(frozen=True)
class Password:
    """A log-in whose password does not change while a stack runs."""

    password: str


@dataclass(frozen=True)
class StackFile:
    """`settings` is the file that `dev/.env.example` describes, of this stack alone."""

    settings: Path

    def write(self, lines: Mapping[str, str]) -> None:
        """Writes the settings that differ from the defaults, unless there are some: `up` adds passwords to them."""
        if not self.settings.exists():
            self.settings.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_private(self.settings, "".join(f"{name}={value}\n" for name, value in lines.items()))

    def setting(self, name: str) -> str:
        """As `dev/up` reads it: by its last line, without the single quotes that it may have."""
        values = self._values(name)
        if not values:
            raise Failure(f"{self.settings} has no {name}.", "Run dev/up, which writes it.")
        return re.sub(r"^'(.*)'$", r"\1", values[-1])

    def has(self, name: str) -> bool:
        return bool(self._values(name))

    def up(self, *options: str) -> None:
        """Returns once all is healthy; what `dev/up` says appears on this terminal."""
        self._script("dev/up", *options)

    def down(self, *options: str) -> None:
        self._script("dev/down", *options)

    def compose(self, *words: str) -> str:
        """The output of Compose."""
        command = [str(CHECKOUT / "dev/containers/compose"), *words]
        done = subprocess.run(
            command, env=self._environment(), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or [f"exit {done.returncode}"])[-1]
            raise Failure(
                f"Compose failed at `{' '.join(words)}`: {reason}", f"Its settings are in {self.settings}.", UNAVAILABLE
            )
        return done.stdout

    def address(self, service: str, port: int) -> str:
        """`127.0.0.1:PORT`, where this machine reaches a port of a service."""
        return self.compose("port", service, str(port)).strip()

    def airflow(self) -> AirflowApi:
        return AirflowApi(f"http://{self.address('api-server', 8080)}", Password(self.setting("PACELINE_AIRFLOW_PASSWORD")))

    def warehouse(self) -> Warehouse:
        """Puts its CA and password next to the settings, for any client of this machine."""
        folder = self.settings.parent
        ca, password = folder / "ca.pem", folder / "warehouse-password"
        ca.write_text(self.compose("exec", "-T", "postgres", "cat", "/ca/ca.pem"))
        password.unlink(missing_ok=True)
        write_private(password, self.setting("PACELINE_WAREHOUSE_DATABASE_PASSWORD"))
        port = int(self.address("postgres", 5432).rpartition(":")[2])
        return Warehouse(port, password, ca=ca)

    def _values(self, name: str) -> list[str]:
        if not self.settings.exists():
            return []
        return [line.partition("=")[2] for line in self.settings.read_text().splitlines() if line.startswith(f"{name}=")]

    def _script(self, script: str, *options: str) -> None:
        done = subprocess.run([str(CHECKOUT / script), *options], env=self._environment(), stdin=subprocess.DEVNULL, check=False)
        if done.returncode:
            raise Failure(f"{script} exited with {done.returncode}.", "Its output above says why.", done.returncode)

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "PACELINE_STACK": str(self.settings)}
