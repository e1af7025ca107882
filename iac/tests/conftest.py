"""Terraform for tests: a copy of `iac/`, and a simulated AWS."""

import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from simulated_aws import simulated_aws
from terraform import copy_of_iac


@pytest.fixture
def iac(tmp_path: Path) -> Path:
    """A copy of `iac/`, beside one of what it reads."""
    return copy_of_iac(tmp_path / "checkout")


@pytest.fixture(scope="session")
def _moto_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with simulated_aws(tmp_path_factory.mktemp("moto")) as endpoint:
        yield endpoint


@pytest.fixture
def moto(_moto_server: str) -> str:
    """The address of an AWS account, emptied for each test: a server takes seconds to start."""
    urllib.request.urlopen(urllib.request.Request(f"{_moto_server}/moto-api/reset", method="POST")).close()
    return _moto_server
