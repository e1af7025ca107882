"""The images as containers, beside those of the local stack: Postgres, S3 and the simulated Strava."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from pipeline import Pipeline
from testcontainers.core.config import testcontainers_config
from testcontainers.core.network import Network

# Its reaper is an image, which cannot be pulled where no registry answers; the fixtures remove what they start.
testcontainers_config.ryuk_disabled = True


@pytest.fixture(scope="session", autouse=True)
def engine() -> None:
    """In a separate process: when the ping fails, the SDK leaves a socket open."""
    ping = [sys.executable, "-c", "import docker; docker.from_env().ping()"]
    result = subprocess.run(ping, capture_output=True, text=True, check=False)
    if result.returncode:
        pytest.skip(f"no Docker daemon responds: {result.stderr.splitlines()[-1]}")


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pipeline]:
    """One simulated athlete, nothing extracted yet."""
    with Network() as network, Pipeline.started(network, tmp_path_factory.mktemp("sandbox")) as pipeline:
        yield pipeline
