from pathlib import Path

import pytest

from .scripted_engine import write


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """With ports that are free, and nothing else."""
    file = tmp_path / "env"
    file.touch(mode=0o600)
    write(file, PACELINE_AIRFLOW_PORT="0", PACELINE_POSTGRES_PORT="0", PACELINE_S3_PORT="0")
    return file
