"""The outputs of an environment's Terraform, as it was applied last."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from paceline.deployment import FILE, Deployment, DeploymentError
from paceline_local.failure import USAGE, Failure
from paceline_local.paths import CHECKOUT

ENVIRONMENTS = CHECKOUT / "iac" / "environments"
_ERROR = "Error: "


def folder_of(environment: str) -> Path:
    """Its root; a Failure if there is no such environment."""
    known = {folder.name: folder for folder in sorted(ENVIRONMENTS.glob("*")) if folder.is_dir()}
    if environment not in known:
        choice = f"Choose from: {', '.join(known)}." if known else f"Make one in {ENVIRONMENTS}."
        raise Failure(f"There is no environment '{environment}'.", choice, USAGE)
    return known[environment]


def outputs_of(environment: str, *needed: str) -> dict[str, Any]:
    """Values by name, among them those that are needed; Terraform leaves out what is null.

    Without a prompt: Terraform's questions would not be seen.
    """
    folder = folder_of(environment)
    if shutil.which("terraform") is None:
        raise Failure("terraform is not on the PATH.", "Install Terraform 1.11 or newer.")
    command = ["terraform", f"-chdir={folder}", "output", "-json", "-no-color"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise Failure(
            f"Terraform could not read the outputs of {environment}: {_reason(done)}.",
            f"Run `iac/scripts/init environments/{environment}`, and check your AWS credentials.",
        )
    outputs = {name: output["value"] for name, output in json.loads(done.stdout).items()}
    missing = [name for name in needed if name not in outputs]
    if missing:
        apply = f"Run `terraform -chdir=iac/environments/{environment} apply`."
        raise Failure(f"{environment} is not applied yet: it has no output {' and no '.join(missing)}.", apply)
    return outputs


def deployment_in(outputs: Mapping[str, Any], environment: str) -> Deployment:
    """The deployment of an environment's outputs, which include it."""
    return parsed(outputs["deployment"], f"The output `deployment` of {environment}")


def parsed(settings: Any, where: str) -> Deployment:
    try:
        return Deployment.parse(settings)
    except DeploymentError as error:
        # It speaks of the file beside the DAGs.
        what = str(error).removeprefix(f"{FILE} ").partition(";")[0]
        raise Failure(f"{where} {what}.", "Apply the environment again, or name another file.") from None


def _reason(done: subprocess.CompletedProcess[str]) -> str:
    """The first error alone: what follows it explains Terraform's own commands, not ours."""
    lines = [line.strip(" │╷╵") for line in done.stderr.splitlines()]
    errors = [line.removeprefix(_ERROR) for line in lines if line.startswith(_ERROR)]
    said = errors or [line for line in lines if line]
    return said[0].rstrip(".:") if said else f"exit {done.returncode}"
