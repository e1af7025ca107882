"""`make demo ENGINE=docker`: the demo's state, and its stack, which is separate from that of `dev/up`."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from paceline_local.compose.stack_file import StackFile

DOCKER_DEMO = "docker-demo"
# Only this demo starts runs, it stops at the first error, and its ports are any free ones: it prints them.
_SETTINGS = {
    "COMPOSE_PROJECT_NAME": "paceline-demo",
    "PACELINE_SCHEDULE": "False",
    "PACELINE_RETRIES": "0",
    "PACELINE_AIRFLOW_PORT": "0",
    "PACELINE_POSTGRES_PORT": "0",
    "PACELINE_S3_PORT": "0",
}


@dataclass(frozen=True)
class DockerDemo:
    """`folder` has the settings of its stack, and how many runs were completed; `more` are settings that a test needs."""

    folder: Path
    more: Mapping[str, str] = field(default_factory=dict)

    def stack(self) -> StackFile:
        stack = StackFile(self._settings)
        stack.write({**_SETTINGS, **self.more})
        return stack

    @property
    def completed(self) -> int:
        return int(json.loads(self._state.read_text())["completed"]) if self._state.exists() else 0

    def count_run(self) -> None:
        new = self._state.with_suffix(".new")
        new.write_text(json.dumps({"completed": self.completed + 1}))
        new.replace(self._state)

    def delete(self) -> None:
        """With its containers, network and volumes, which exist only once `dev/up` has found Docker and written passwords."""
        stack = StackFile(self._settings)
        if stack.has("PACELINE_WAREHOUSE_DATABASE_PASSWORD"):
            stack.down("--volumes")
        shutil.rmtree(self.folder)
        print(f"Removed {self.folder}.")

    @property
    def _settings(self) -> Path:
        return self.folder / "env"

    @property
    def _state(self) -> Path:
        return self.folder / "demo.json"
