"""The embedded Postgres: one cluster per folder, on loopback, with a password. It outlives the command that started it.

Postgres's own `postmaster.pid` shows whether it runs and where; the file `port` keeps the last port for a restart.
"""

import secrets
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from paceline_local.binaries import Binaries, for_this_machine
from paceline_local.failure import UNAVAILABLE, Failure
from paceline_local.logged import error_line
from paceline_local.ports import free_port, is_free
from paceline_local.postgres_program import run_program, settings_file
from paceline_local.private_file import write_private
from paceline_local.processes import NO_PROCESS, exists, is_running
from paceline_local.waiting import wait_until
from paceline_local.warehouse import DATABASE, USER, Warehouse


@dataclass(frozen=True)
class Postgres:
    """Started, found and stopped by its folder alone."""

    folder: Path
    binaries: Binaries = field(default_factory=for_this_machine)
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "postgres.log"

    @property
    def _password_file(self) -> Path:
        return self.folder / "password"

    def start(self) -> Warehouse:
        """The running server, started if necessary; accepts connections."""
        self._create_cluster()
        if self._pid() is None:
            self._launch()
        wait_until(self._accepts_connections, f"Postgres in {self.folder} did not accept connections", f"See its log {self.log}.")
        return Warehouse(self._port(), self._password_file, "postgres").ensure_database(DATABASE)

    def find(self) -> Warehouse | None:
        """The running server, or None if it does not run or accept connections."""
        return self._warehouse() if self._pid() is not None and self._accepts_connections() else None

    def stop(self) -> bool:
        """Returns whether it was running."""
        if self._pid() is None:
            return False
        run_program(self.binaries, "pg_ctl", ["stop", "-D", self.data, "-m", "fast", "-w", "-t", "60"], self.folder / "stop.log")
        return True

    def _create_cluster(self) -> None:
        """Created in a temporary folder and renamed, so the final folder always holds a complete cluster."""
        if (self.data / "PG_VERSION").exists():
            self._refuse_other_version()
            return
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        new = self.folder / "data.new"
        shutil.rmtree(new, ignore_errors=True)
        self._password_file.unlink(missing_ok=True)
        write_private(self._password_file, secrets.token_urlsafe(24) + "\n")
        access = ["--auth=scram-sha-256", f"--username={USER}", f"--pwfile={self._password_file}"]
        options = ["-D", new, "--encoding=UTF8", "--no-locale", "--no-instructions", *access]
        run_program(self.binaries, "initdb", options, self.folder / "initdb.log")
        with (new / "postgresql.conf").open("a") as conf:
            conf.write(settings_file(self.settings))
        new.rename(self.data)

    def _refuse_other_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        if made_by != self.binaries.version.split(".")[0]:
            raise Failure(
                f"{self.data} was made by Postgres {made_by}, and this is {self.binaries.version}.",
                "Recreate the demo's data: `make demo-clean`, then `make demo`.",
            )

    def _launch(self) -> None:
        """Retries if the port was taken before Postgres bound it, or while children of a killed server still run."""
        deadline = time.monotonic() + 30
        while True:
            port = self._next_port()
            self.log.unlink(missing_ok=True)
            options = ["start", "-D", self.data, "-l", self.log, "-w", "-t", "60", "-o", f"-p {port}"]
            try:
                run_program(self.binaries, "pg_ctl", options, self.folder / "start.log")
            except Failure as failure:
                output = self.log.read_text(errors="replace") if self.log.exists() else ""
                transient = "could not bind" in output or "still in use" in output
                if not transient or time.monotonic() > deadline:
                    reason = error_line(self.log) if output else str(failure)
                    raise Failure(f"Postgres did not start: {reason}", f"See its log {self.log}.", UNAVAILABLE) from None
            else:
                (self.folder / "port").write_text(f"{port}\n")
                return

    def _next_port(self) -> int:
        kept = self.folder / "port"
        last = int(kept.read_text()) if kept.exists() else 0
        return last if last and is_free(last) else free_port()

    def _pid(self) -> int | None:
        """The pid of the live server; a stale pid file is ignored."""
        pid_file = self.data / "postmaster.pid"
        if not pid_file.exists():
            return None
        lines = pid_file.read_text().splitlines()
        if not lines:
            return None
        pid = abs(int(lines[0]))
        if is_running(pid, str(self.data)):
            return pid
        if exists(pid) and not is_running(pid, "postgres"):
            # Postgres would mistake any process that now has this pid (or an unreaped zombie) for a live server. The rest
            # of the file stays: its shared memory key shows Postgres whether children of the killed server still run.
            pid_file.write_text("\n".join([str(NO_PROCESS), *lines[1:]]) + "\n")
        return None

    def _accepts_connections(self) -> bool:
        try:
            Warehouse(self._port(), self._password_file, "postgres").rows("select 1")
        except (psycopg.OperationalError, OSError, IndexError):
            return False
        return True

    def _port(self) -> int:
        return int((self.data / "postmaster.pid").read_text().splitlines()[3])

    def _warehouse(self) -> Warehouse:
        return Warehouse(self._port(), self._password_file)
