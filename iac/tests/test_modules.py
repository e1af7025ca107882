"""Runs `terraform test` of each module and environment: choices, refused values, with a provider that is made up."""

from pathlib import Path

import pytest
from terraform import IAC, Terraform

TESTED = sorted({file.parents[1].relative_to(IAC).as_posix() for file in IAC.glob("**/tests/*.tftest.hcl")})


@pytest.mark.parametrize("folder", TESTED)
def test_terraform_test(iac: Path, folder: str) -> None:
    print(Terraform(iac / folder).init("-backend=false").run("test", "-no-color"))
