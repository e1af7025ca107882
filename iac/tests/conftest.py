"""Terraform for tests: a copy of `iac/`, and a simulated AWS."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from simulated_aws import simulated_aws
from terraform import copy_of_iac


@pytest.fixture
def iac(tmp_path: Path) -> Path:
    """A copy of `iac/`, beside one of what it reads."""
    return copy_of_iac(tmp_path / "checkout")


@pytest.fixture
def moto(tmp_path: Path) -> Iterator[str]:
    """The address of an empty AWS account."""
    with simulated_aws(tmp_path) as endpoint:
        yield endpoint
