"""Airflow's four long-running processes, as one: started together, ended together, found again by a pid file.

`airflow standalone` starts the same four, but goes on when one of them dies, and its log servers listen on every network.
"""

import json
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from paceline_local.failure import UNAVAILABLE, Failure, ignoring_signals
from paceline_local.logged import error_line
from paceline_local.orchestration.api import AirflowApi
from paceline_local.orchestration.home import AirflowHome
from paceline_local.processes import is_running, kill_group, signal_group
from paceline_local.waiting import becomes_true, wait_until

# Logs are read from the disk, so nobody needs to serve them.
_COMPONENTS = {
    "api-server": ["api-server"],
    "dag-processor": ["dag-processor"],
    "scheduler": ["scheduler", "--skip-serve-logs"],
    "triggerer": ["triggerer", "--skip-serve-logs"],
}
# The scheduler waits this long for tasks that were asked to stop, which wait for their containers.
_GRACE = 30


@dataclass
class Components:
    """Of one home; each component leads a process group of its own, so that what it started ends with it."""

    home: AirflowHome
    _started: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict, init=False, repr=False)

    @property
    def _pid_file(self) -> Path:
        return self.home.folder / "components.json"

    def start(self, port: int, ecs: str) -> AirflowApi:
        """All of them, healthy; those that a killed command left behind are ended first."""
        self.stop()
        url = f"http://127.0.0.1:{port}"
        environment = self.home.environment(
            ecs,
            AIRFLOW__API__HOST="127.0.0.1",
            AIRFLOW__API__PORT=str(port),
            AIRFLOW__API__WORKERS="1",
            AIRFLOW__API__BASE_URL=url,
            AIRFLOW__CORE__EXECUTION_API_SERVER_URL=f"{url}/execution/",
        )
        for name, words in _COMPONENTS.items():
            self._started[name] = self.home.start(name, words, environment)
            self._remember()
        api = AirflowApi(url)
        wait_until(
            lambda: self.ended() is not None or api.is_healthy(),
            "Airflow was not healthy",
            f"Its logs are {self.home.log('*')}.",
            180,
        )
        self.fail_if_ended()
        return api

    def ended(self) -> str | None:
        """The name of a component that is no longer there."""
        return next((name for name, process in self._started.items() if process.poll() is not None), None)

    def fail_if_ended(self) -> None:
        name = self.ended()
        if name:
            log, code = self.home.log(name), self._started[name].returncode
            how = f"was ended by signal {-code}" if code < 0 else f"ended with exit {code}: {error_line(log)}"
            raise Failure(f"Airflow's {name} {how}.", f"Its log is {log}.", UNAVAILABLE)

    def stop(self) -> bool:
        """True where any was running. Asked to end first; what does not in time is killed with all that it started."""
        with ignoring_signals():
            left = [pid for pid in self._remembered() if is_running(pid, "airflow")]
            groups = {*left, *(process.pid for process in self._started.values())}
            for group in groups:
                signal_group(group, signal.SIGTERM)
            becomes_true(lambda: not any(is_running(group, "airflow") for group in groups), _GRACE)
            for group in groups:
                kill_group(group)
            for process in self._started.values():
                process.wait()
            self._started.clear()
            self._pid_file.unlink(missing_ok=True)
        return bool(left)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def _remember(self) -> None:
        self._pid_file.write_text(json.dumps({name: process.pid for name, process in self._started.items()}))

    def _remembered(self) -> list[int]:
        return list(json.loads(self._pid_file.read_text()).values()) if self._pid_file.exists() else []
