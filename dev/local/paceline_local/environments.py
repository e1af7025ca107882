"""The Python environments, one per lock file: `.venv/dev`, `.venv/transformation`, `.venv/orchestration`,
and `.venv/airflow-…` for an Airflow other than MWAA's.
"""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from paceline_local.logged import run_logged
from paceline_local.paths import CHECKOUT, LOGS
from paceline_local.tools import Tools

VENVS = CHECKOUT / ".venv"
LOCKS = {
    "dev": CHECKOUT / "dev" / "requirements.txt",
    "transformation": CHECKOUT / "transformation" / "requirements.txt",
    "orchestration": CHECKOUT / "orchestration" / "requirements.txt",
    "airflow-3.3.1": CHECKOUT / "orchestration" / "airflow-3.3.1.txt",
    "iac": CHECKOUT / "iac" / "requirements.txt",
}
# Used by one command each: `make test-airflow` with another Airflow than MWAA, and `make test-iac`.
ONLY_ON_REQUEST = frozenset({"airflow-3.3.1", "iac"})
_UV_LOCK = CHECKOUT / "dev" / "uv.txt"


def is_made(name: str, tools: Tools) -> bool:
    return _is_current(VENVS / name, LOCKS[name], tools)


def make(name: str, tools: Tools) -> None:
    _make_uv(tools)
    folder = VENVS / name
    log = LOGS / f"venv-{name}.log"
    _stamp(folder).unlink(missing_ok=True)
    uv, env = VENVS / "uv" / "bin" / "uv", _registry(tools)
    run_logged(name, [uv, "venv", "--quiet", "--clear", "--python", tools.python, folder], log, env=env)
    sync = [uv, "pip", "sync", "--require-hashes", "--python", folder / "bin" / "python", LOCKS[name]]
    run_logged(name, sync, log, env=env)
    _stamp(folder).write_text(_expected_stamp(LOCKS[name], tools))


def _make_uv(tools: Tools) -> None:
    """uv gets its own environment, filled by pip, the only installer that every Python has."""
    folder = VENVS / "uv"
    if _is_current(folder, _UV_LOCK, tools):
        return
    shutil.rmtree(folder, ignore_errors=True)
    run_logged("uv", [tools.python, "-m", "venv", folder], LOGS / "venv-uv.log")
    pip = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--require-hashes", "-r", _UV_LOCK]
    run_logged("uv", pip, LOGS / "venv-uv.log")
    _stamp(folder).write_text(_expected_stamp(_UV_LOCK, tools))


def _is_current(folder: Path, lock: Path, tools: Tools) -> bool:
    stamp = _stamp(folder)
    runs = (folder / "bin" / "python").exists()
    return runs and stamp.is_file() and stamp.read_text() == _expected_stamp(lock, tools)


def _stamp(folder: Path) -> Path:
    """Written last and removed first, so an interrupted setup is repeated."""
    return folder / "paceline.stamp"


def _expected_stamp(lock: Path, tools: Tools) -> str:
    return f"{hashlib.sha256(lock.read_bytes()).hexdigest()} {tools.python}\n"


def _registry(tools: Tools) -> dict[str, str]:
    """uv does not read pip's settings: passes on the index that pip is configured to use, if any."""
    if "UV_DEFAULT_INDEX" in os.environ or "UV_INDEX_URL" in os.environ:
        return {}
    command = [str(tools.python), "-m", "pip", "config", "get"]
    for key in (":env:.index-url", "global.index-url"):
        index = subprocess.run([*command, key], capture_output=True, text=True, check=False).stdout.strip()
        if index:
            return {"UV_DEFAULT_INDEX": index}
    return {}
