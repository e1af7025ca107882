"""What in_airflow.py finds out with Airflow's own Python, which has libraries that this one lacks."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from paceline_local.environments import VENVS
from paceline_local.paths import CHECKOUT


def found_in_airflow(folder: Path) -> dict[str, Any]:
    """`deployment` as paceline.json has it, `tasks` of the DAG by id, `calls` of AWS by the operator."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "AIRFLOW", "PACELINE_"))}
    env = {**inherited, "PYTHONPATH": str(CHECKOUT / "dev" / "local")}
    python = VENVS / "orchestration" / "bin" / "python"
    done = subprocess.run(
        [python, Path(__file__).with_name("in_airflow.py"), folder], env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise AssertionError(f"in_airflow.py failed:\n{done.stdout}\n{done.stderr}")
    return json.loads((folder / "found.json").read_text())
