"""Terraform for tests: a copy of `iac/`, and a simulated AWS."""

import os
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from paceline_local.environments import VENVS
from paceline_local.loopback import no_proxy_for_loopback
from paceline_local.ports import free_port, is_free
from paceline_local.waiting import wait_until
from terraform import copy_of_iac

os.environ.update(no_proxy_for_loopback(os.environ))


@pytest.fixture
def iac(tmp_path: Path) -> Path:
    """A copy of `iac/`, beside one of what it reads."""
    return copy_of_iac(tmp_path / "checkout")


@pytest.fixture(scope="session")
def _moto_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port, log = free_port(), tmp_path_factory.mktemp("moto") / "log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            [VENVS / "dev" / "bin" / "moto_server", "-H", "127.0.0.1", "-p", str(port)], stdout=out, stderr=subprocess.STDOUT
        )
    try:
        wait_until(lambda: not is_free(port), "moto did not start", f"See {log}.", seconds=300)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


@pytest.fixture
def moto(_moto_server: str) -> str:
    """The address of an AWS account, emptied for each test: a server takes seconds to start."""
    urllib.request.urlopen(urllib.request.Request(f"{_moto_server}/moto-api/reset", method="POST")).close()
    return _moto_server
