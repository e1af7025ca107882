"""Runs `initdb` and `pg_ctl`. Postgres refuses root; in a user namespace root is `nobody`, but still owns its files."""

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from paceline_local.binaries import Binaries
from paceline_local.failure import Failure
from paceline_local.logged import run_logged

_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


def run_program(binaries: Binaries, name: str, options: Sequence[str | Path], log: Path) -> None:
    program = [*_as_nobody(), binaries.folder / "bin" / name, *options]
    run_logged(name, program, log, env={"LC_ALL": "C", "PGPASSWORD": ""}, cwd=log.parent)


def settings_file(more: Mapping[str, str]) -> str:
    """Lines for postgresql.conf, where the last one for a name counts."""
    return "".join(f"{name} = '{value}'\n" for name, value in {**_SETTINGS, **more}.items())


def _as_nobody() -> list[str]:
    if os.geteuid() != 0:
        return []
    if not shutil.which("unshare"):
        raise Failure("Postgres refuses to run as root, and `unshare` was not found.", "Run make as an ordinary user.")
    return ["unshare", "-U"]
