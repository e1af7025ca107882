"""Runs Terraform on a copy of `iac/`, against no AWS but a simulated one.

The provider comes from a folder of this machine where there is one (`PACELINE_TERRAFORM_PLUGINS`, or one of Terraform's own
places), and from the registry otherwise.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from paceline_local.paths import CHECKOUT

IAC = CHECKOUT / "iac"
ACCOUNT = "123456789012"
REGION = "eu-west-1"
_PROVIDER = "registry.terraform.io/hashicorp/aws"
_PLUGIN_FOLDERS = ("~/.terraform.d/plugins", "/usr/local/share/terraform/plugins", "/usr/share/terraform/plugins")
# A bucket's name is not part of the host's on loopback; and moto answers some calls with 500, which would be retried for minutes.
PROVIDER_FOR_MOTO = """
provider "aws" {
  s3_use_path_style           = true
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  max_retries                 = 2
}
"""


class TerraformError(AssertionError):
    """Terraform failed; the message has its output."""


def plugins() -> Path | None:
    """The folder that has the AWS provider, in the layout of a filesystem mirror; None if it comes from the registry."""
    given = os.environ.get("PACELINE_TERRAFORM_PLUGINS")
    if given:
        return Path(given)
    folders = [*(Path(name).expanduser() for name in _PLUGIN_FOLDERS), *Path("/opt").glob("*")]
    return next((folder for folder in folders if (folder / _PROVIDER).is_dir()), None)


def copy_of_iac(into: Path) -> Path:
    """Copies what Terraform reads, without what an `init` left behind; returns the copy of `iac/`."""
    left_behind = shutil.ignore_patterns(".terraform*", "*.tfstate*", "__pycache__", "*.auto.tfvars", "backend.tf")
    for name in ("iac", "orchestration/containers", "orchestration/dags"):
        shutil.copytree(CHECKOUT / name, into / name, ignore=left_behind)
    return into / "iac"


@dataclass(frozen=True)
class Terraform:
    """One root or module."""

    folder: Path
    env: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def on_moto(cls, folder: Path, endpoint: str, **variables: Any) -> "Terraform":
        """A root with its state on disk, its provider pointed to moto, and these variables."""
        (folder / "on_moto_override.tf").write_text('terraform {\n  backend "local" {}\n}\n' + PROVIDER_FOR_MOTO)
        # JSON is a valid value of a variable, except that a string is given bare.
        texts = {name: value if isinstance(value, str) else json.dumps(value) for name, value in variables.items()}
        access = {
            "AWS_ENDPOINT_URL": endpoint,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": REGION,
        }
        return cls(folder, {**access, **{f"TF_VAR_{name}": text for name, text in texts.items()}})

    def with_variables(self, **variables: Any) -> "Terraform":
        texts = {name: value if isinstance(value, str) else json.dumps(value) for name, value in variables.items()}
        return Terraform(self.folder, {**self.env, **{f"TF_VAR_{name}": text for name, text in texts.items()}})

    def run(self, *words: str) -> str:
        """The standard output of a command; raises TerraformError with all its output if it fails."""
        done = self.attempt(*words)
        if done.returncode:
            raise TerraformError(f"terraform {' '.join(words)} in {self.folder}:\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def attempt(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Runs a command, whatever it ends with. Nothing of this machine's own settings of Terraform and AWS counts."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "TF_"))}
        env = {**inherited, "TF_IN_AUTOMATION": "1", "CHECKPOINT_DISABLE": "1", **self.env}
        return subprocess.run(
            ["terraform", *words], cwd=self.folder, env=env, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
        )

    def init(self, *options: str) -> "Terraform":
        """Installs the provider and modules; for a root whose backend is S3 use `on_moto`, or `-backend=false` for its tests."""
        folder = plugins()
        self.run("init", "-no-color", "-input=false", *options, *([f"-plugin-dir={folder}"] if folder else []))
        return self

    def plan(self, *options: str) -> dict[str, Any]:
        """The plan as JSON (format: https://developer.hashicorp.com/terraform/internals/json-format)."""
        self.run("plan", "-no-color", "-input=false", "-out=plan.tfplan", *options)
        return json.loads(self.run("show", "-json", "plan.tfplan"))

    def apply(self) -> None:
        self.run("apply", "-no-color", "-input=false", "-auto-approve")

    def destroy(self) -> None:
        self.run("destroy", "-no-color", "-input=false", "-auto-approve")

    def state(self) -> dict[str, Any]:
        """What is applied, as JSON."""
        return json.loads(self.run("show", "-json"))

    def outputs(self) -> dict[str, Any]:
        return {name: output["value"] for name, output in json.loads(self.run("output", "-json")).items()}


def changes(plan: Mapping[str, Any]) -> dict[str, list[str]]:
    """The actions of a plan by resource address, without those that do nothing."""
    found = {change["address"]: change["change"]["actions"] for change in plan.get("resource_changes", [])}
    return {address: actions for address, actions in found.items() if actions not in (["no-op"], ["read"])}
