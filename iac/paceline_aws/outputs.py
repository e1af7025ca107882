"""The outputs of an environment's Terraform, as it was applied last."""

import json
import shutil
import subprocess
from typing import Any

from paceline_local.failure import USAGE, Failure
from paceline_local.paths import CHECKOUT

ENVIRONMENTS = CHECKOUT / "iac" / "environments"


def outputs_of(environment: str) -> dict[str, Any]:
    """Values by name. Without a prompt: Terraform's questions would not be seen."""
    known = sorted(folder.name for folder in ENVIRONMENTS.glob("*") if folder.is_dir())
    if environment not in known:
        choice = f"Choose from: {', '.join(known)}." if known else f"{ENVIRONMENTS} has none."
        raise Failure(f"There is no environment '{environment}'.", choice, USAGE)
    if shutil.which("terraform") is None:
        raise Failure("terraform is not on the PATH.", "Install Terraform 1.11 or newer.")
    command = ["terraform", f"-chdir={ENVIRONMENTS / environment}", "output", "-json", "-no-color"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    if done.returncode:
        reason = " ".join(line.strip(" │╷╵") for line in done.stderr.splitlines() if line.strip(" │╷╵"))
        raise Failure(
            f"Terraform could not read the outputs of {environment}: {reason}",
            f"Run `iac/scripts/init environments/{environment}`, and check your AWS credentials.",
        )
    return {name: output["value"] for name, output in json.loads(done.stdout).items()}
