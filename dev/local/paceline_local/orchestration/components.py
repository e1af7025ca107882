"""Airflow's four long-running processes as one unit: started together, stopped together, found by their mark.

`airflow standalone` starts the same four, but keeps running when one dies, and its log servers listen on all interfaces.
"""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from paceline_local.failure import CONFIGURATION, UNAVAILABLE, Failure, ignoring_signals
from paceline_local.logged import error_line
from paceline_local.marks import end_marked
from paceline_local.orchestration.api import AirflowApi
from paceline_local.orchestration.home import AirflowHome
from paceline_local.waiting import wait_until

# Logs are read from disk, so no log server is needed.
_COMPONENTS = {
    "api-server": ["api-server"],
    "dag-processor": ["dag-processor"],
    "scheduler": ["scheduler", "--skip-serve-logs"],
    "triggerer": ["triggerer", "--skip-serve-logs"],
}
# How long the scheduler waits for tasks that were asked to stop, which in turn wait for their containers.
_GRACE = 30


@dataclass
class Components:
    """The components of one home. All processes of the home end together, also those that a killed command left behind."""

    home: AirflowHome
    _started: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict, init=False, repr=False)

    def start(self, port: int, ecs: Mapping[str, str]) -> AirflowApi:
        """Starts all of them and waits until they are healthy."""
        self.home.login.renew()
        self.home.put_plugins()
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
        api = AirflowApi(url, self.home.login)
        wait_until(
            lambda: self.ended_component() is not None or api.is_healthy(),
            "Airflow was not healthy",
            f"See its logs {self.home.log('*')}.",
            180,
        )
        self.fail_if_ended()
        if not api.refuses_foreign_hosts():
            what = "Airflow responds to names that are not this machine's: it did not load the plug-in loopback_hosts."
            raise Failure(what, f"See its log {self.home.log('api-server')}.", CONFIGURATION)
        return api

    def ended_component(self) -> str | None:
        """The name of a component that has ended, if any."""
        return next((name for name, process in self._started.items() if process.poll() is not None), None)

    def fail_if_ended(self) -> None:
        name = self.ended_component()
        if name:
            log, code = self.home.log(name), self._started[name].returncode
            how = f"was killed by signal {-code}" if code < 0 else f"ended with exit {code}: {error_line(log)}"
            raise Failure(f"Airflow's {name} {how}.", f"See its log {log}.", UNAVAILABLE)

    def stop(self) -> bool:
        """Returns whether any was running. Sends SIGTERM, then kills what is left with everything it started."""
        with ignoring_signals():
            ended = end_marked(self.home.folder, _GRACE)
            for process in self._started.values():
                process.wait()
            self._started.clear()
        return ended > 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()
