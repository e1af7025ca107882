"""`make test-iac`: everything about `iac/` that holds without AWS: format, policies, plans, and applies on a simulated AWS."""

import shutil
from pathlib import Path

from paceline_local.failure import Failure, exit_with
from paceline_local.file_lock import exclusive_lock
from paceline_local.logged import run_logged
from paceline_local.paths import LOGS, ROOT
from paceline_local.steps import Steps

from paceline_ci.suites import Suite, run_and_sum_up
from paceline_ci.summary import IAC

_TFLINT_VERSION = "v0.61.0"
TFLINT = ROOT / "tools" / f"tflint-{_TFLINT_VERSION}" / "tflint"
_SUITE = Suite(IAC, ("iac/tests",), workers=2)


def run_iac_tests() -> int:
    steps = Steps(side_by_side=True)
    with exclusive_lock(ROOT / "test-iac.lock", "testing iac"):
        _require("terraform", "get it from https://developer.hashicorp.com/terraform/install, 1.11 or newer")
        _install_tflint(steps)
        return run_and_sum_up([_SUITE], steps)


def _require(program: str, remedy: str) -> None:
    if not shutil.which(program):
        raise Failure(f"{program} was not found.", f"To test iac, {remedy}.")


def _install_tflint(steps: Steps) -> None:
    """Builds it from source: its releases are downloaded from GitHub, its source comes from Go's module proxy."""
    if TFLINT.exists():
        return
    _require("go", "get Go from https://go.dev/dl: tflint is built with it")
    unfinished = Path(f"{TFLINT.parent}.unfinished")
    module = f"github.com/terraform-linters/tflint@{_TFLINT_VERSION}"
    with steps.step("tflint", f"building {module}"):
        run_logged("tflint", ["go", "install", module], LOGS / "tflint.log", env={"GOBIN": str(unfinished)})
        unfinished.replace(TFLINT.parent)


if __name__ == "__main__":
    exit_with(run_iac_tests)
