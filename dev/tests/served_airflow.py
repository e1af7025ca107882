"""A running `make airflow`, in a folder of its own."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from calls import LISTING
from paceline_local.orchestration.api import AirflowApi
from paceline_local.orchestration.dag_test import DAG_ID
from paceline_local.orchestration.home import MWAA, AirflowHome
from paceline_local.paths import Variant
from paceline_local.postgres import Postgres
from paceline_local.waiting import wait_until

# `make demo` and `make airflow`, with everything they create inside the test's folder.
IN_A_FOLDER = """
import sys
from pathlib import Path
from paceline_local import demo, paths
from paceline_local.failure import exit_with
from paceline_local.orchestration.serve import serve
from paceline_local.tools import Tools
demo.ROOT = paths.ROOT = Path(sys.argv[1])
demo.LAST = paths.LAST = Path(sys.argv[1]) / "last"
"""
# Its extract waits for a response until it is interrupted.
HELD_DEMO = (
    IN_A_FOLDER
    + f"""
from paceline_local.sandbox import Sandbox
wait_until_ready = Sandbox.wait_until_ready
def wait_and_hold(sandbox):
    wait_until_ready(sandbox).control("POST", "faults", {{"kind": "hold", "endpoint": "{LISTING}"}})
    return sandbox
Sandbox.wait_until_ready = wait_and_hold
exit_with(lambda: demo.run_demo(Tools.found(), None, sys.argv[2]))
"""
)
SERVE = IN_A_FOLDER + "exit_with(lambda: serve(Tools.found(), None, sys.argv[2]))"
# Three runs took longer than five minutes with fifteen processes waiting for two cores; only a hang should end a wait.
TIMEOUT = 1200
# `make test-airflow AIRFLOW=3.3.1` selects another version than MWAA's.
AIRFLOW = os.environ.get("PACELINE_AIRFLOW", MWAA)


@dataclass(frozen=True)
class Served:
    """A running `make airflow`."""

    process: "subprocess.Popen[bytes]"
    variant: Variant
    api: AirflowApi
    home: AirflowHome
    log: Path

    def wait_for(self, ready: Callable[[], bool], what: str) -> None:
        wait_until(lambda: self.process.poll() is not None or ready(), what, self.log.read_text(), TIMEOUT)
        assert self.process.poll() is None, self.log.read_text()

    def wait_for_output(self, text: str) -> None:
        wait_until(lambda: self.process.poll() is not None or text in self.log.read_text(), f"No '{text}' shown", "", TIMEOUT)

    def runs(self, run_type: str) -> list[dict[str, Any]]:
        return [run for run in self.api.runs(DAG_ID) if run["run_type"] == run_type]

    def ended(self, run_type: str, number: int = 1) -> list[dict[str, Any]]:
        """Waits until this many runs of a type have ended, and returns them."""

        def all_ended() -> bool:
            runs = self.runs(run_type)
            return len(runs) >= number and all(run["state"] in ("success", "failed") for run in runs)

        self.wait_for(all_ended, f"{number} {run_type} did not end")
        return self.runs(run_type)

    def give_up_interrupted_runs(self) -> None:
        """A task that was interrupted may be retried only minutes later, and until then its run keeps others from starting."""
        for run in self.api.runs(DAG_ID):
            if run["state"] not in ("success", "failed"):
                self.api.call("PATCH", f"/dags/{DAG_ID}/dagRuns/{quote(run['dag_run_id'], safe='')}", {"state": "failed"})

    def report(self, run_id: str, task_id: str) -> dict[str, Any]:
        return self.api.xcom(DAG_ID, run_id, task_id)


@contextmanager
def serving(root: Path, name: str) -> Iterator[Served]:
    """`make airflow`, once it is up; ends it if it still runs."""
    variant, log = Variant(root / "demo"), root / f"{name}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(root), AIRFLOW], stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=os.environ
        )
    try:
        shown = re.compile(r"(http://127\.0\.0\.1:\d+)/dags/strava_daily\n\n  Log in as admin with the password (\S+), which")
        wait_until(
            lambda: process.poll() is not None or shown.search(log.read_text()) is not None,
            "make airflow was not up",
            "",
            TIMEOUT,
        )
        found = shown.search(log.read_text())
        assert found, log.read_text()
        warehouse = Postgres(variant.postgres).start()
        home = AirflowHome(variant.airflow, AIRFLOW, warehouse.ensure_database("airflow").for_airflow())
        assert found.group(2) == home.login.password
        yield Served(process, variant, AirflowApi(found.group(1), home.login), home, log)
    finally:
        process.terminate()
        process.wait()
