"""A variant's Airflow home: its database, logs, DAGs and environment variables. `make demo` and `make airflow` share it,
so the UI shows the demo's runs too.
"""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from paceline_local.ecs.access_key import credentials_environment
from paceline_local.environments import LOCKS, VENVS
from paceline_local.logged import run_logged
from paceline_local.loopback import no_proxy_for_loopback
from paceline_local.marks import mark
from paceline_local.orchestration.login import Login
from paceline_local.paths import CHECKOUT

MWAA = "orchestration"
DAGS = CHECKOUT / "orchestration" / "dags"
PLUGINS = Path(__file__).parent / "plugins"
_FOREIGN = ("AIRFLOW", "AWS_", "PACELINE_", "PYTHON")


@dataclass(frozen=True)
class AirflowHome:
    """One folder, the Python environment that Airflow is installed in, and its metadata database."""

    folder: Path
    environment_name: str = MWAA
    database: str | None = field(default=None, repr=False)
    """A SQLAlchemy URL. Without one it is a SQLite file, which works for `airflow dags test` but not for a scheduler, whose
    processes would block each other."""
    database_identity: str = ""
    """Identifies the database even if one of the same name was recreated."""

    @property
    def _stamp(self) -> Path:
        return self.folder / "paceline.stamp"

    @property
    def _expected_stamp(self) -> str:
        return f"{hashlib.sha256(LOCKS[self.environment_name].read_bytes()).hexdigest()} {self.database_identity}"

    def is_made(self) -> bool:
        return self._stamp.exists() and self._stamp.read_text() == self._expected_stamp

    def make(self) -> None:
        """Recreates the home and the tables of its database, which must be empty. The stamp is written last."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(mode=0o700, parents=True)
        run_logged("airflow", self.command("db", "migrate"), self.log("db-migrate"), environment=self.environment())
        self._stamp.write_text(self._expected_stamp)

    @property
    def login(self) -> Login:
        return Login(self.folder / "login.json")

    def put_plugins(self) -> None:
        """Links to our plugins, which only a laptop needs."""
        plugins = self.folder / "plugins"
        shutil.rmtree(plugins, ignore_errors=True)
        plugins.mkdir()
        for plugin in PLUGINS.glob("*.py"):
            (plugins / plugin.name).symlink_to(plugin)

    def put_dags(self, deployment: Mapping[str, Any]) -> None:
        """Links to our DAGs, so edits take effect immediately, with `paceline.json` next to them."""
        dags = self.folder / "dags"
        shutil.rmtree(dags, ignore_errors=True)
        dags.mkdir()
        for entry in sorted(DAGS.iterdir()):
            if entry.name not in ("__pycache__", "paceline.json"):
                (dags / entry.name).symlink_to(entry)
        (dags / "paceline.json").write_text(json.dumps(deployment, indent=2) + "\n")

    def log(self, name: str) -> Path:
        """The log of one process, in the variant's log folder."""
        return self.folder.parent / "logs" / f"airflow-{name}.log"

    def start(self, name: str, words: Sequence[str], environment: Mapping[str, str]) -> "subprocess.Popen[bytes]":
        """Starts an Airflow command in its own process group, so what it starts can be stopped with it."""
        return self._start(name, self.command(*words), environment, subprocess.DEVNULL)

    def start_script(self, name: str, script: Path, words: Sequence[str]) -> "subprocess.Popen[bytes]":
        """Starts a script with Airflow's Python, in the same way; it reads its standard input from a pipe."""
        return self._start(name, [str(self._program("python")), str(script), *words], self.environment(), subprocess.PIPE)

    def _start(self, name: str, command: Sequence[str], environment: Mapping[str, str], stdin: int) -> "subprocess.Popen[bytes]":
        log = self.log(name)
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as out:
            return subprocess.Popen(
                command,
                stdin=stdin,
                stdout=out,
                stderr=out,
                env=environment,
                cwd=self.folder,
                start_new_session=True,
            )

    def command(self, *words: str) -> list[str]:
        return [str(self._program("airflow")), *words]

    def _program(self, name: str) -> Path:
        return VENVS / self.environment_name / "bin" / name

    def environment(self, ecs: Mapping[str, str] | None = None, **more: str) -> dict[str, str]:
        """The complete environment of an Airflow process: from this shell nothing that names an Airflow, account or warehouse.

        :param ecs: the variables for the endpoint of ECS and CloudWatch Logs; without them no container can be started.
        """
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
        return {
            **kept,
            **mark(self.folder),
            # Airflow renames its processes. Without this the new name would overwrite their mark.
            "SPT_NOENV": "1",
            **(ecs or credentials_environment()),
            **({"AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": self.database} if self.database else {}),
            "AIRFLOW_HOME": str(self.folder),
            "AIRFLOW__CORE__DAGS_FOLDER": str(self.folder / "dags"),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__CORE__PARALLELISM": "4",
            "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
            **self.login.environment(),
            "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "10",
            # In seconds: after a kill, tasks of the dead scheduler are run again by the next one within a minute.
            "AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL": "30",
            **no_proxy_for_loopback(os.environ),
            "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
            **more,
        }
