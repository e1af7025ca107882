"""docs/tutorial/aws.md: its commands are run in their order, in one shell, as somebody types them.

They are read from the page. The account is simulated, and what it cannot do is listed below with the reason.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

from fake_docker import REVISION, build, pretend_docker
from paceline_local.environments import VENVS
from paceline_local.paths import CHECKOUT
from terraform import PROVIDER_FOR_MOTO, REGION, plugins

PAGE = CHECKOUT / "docs" / "tutorial" / "aws.md"
# Commands that need AWS itself, or a person: where they are tested instead.
NOT_HERE = {
    "make setup": "it has run, or this test would not",
    "extract authorize": "it opens a browser at Strava: dev/tests/test_consent.py",
    "make images": "it needs a Docker engine: make test-containers",
    "make aws-run": "moto runs no containers: test_aws_run.py",
    "aws stepfunctions start-execution": "moto cannot make the state machine: test_state_machine.py",
    "iac/scripts/tunnel": "moto runs no containers: test_tunnel.py",
}
# moto has no ValidateStateMachineDefinition, and its parameter group changes in each plan.
_INSTEAD = {"TF_VAR_orchestrator=scheduler": "TF_VAR_orchestrator=none", " TF_VAR_monthly_budget_usd=40": ""}


def commands() -> list[str]:
    """The lines of the page that are indented as code, outside lists."""
    lines = PAGE.read_text().splitlines()
    return [line.strip() for line in lines if line.startswith("    ")]


def test_every_command_is_run_here_or_has_a_test_of_its_own(moto: str, tmp_path: Path) -> None:
    script = [command for command in commands() if not command.startswith(tuple(NOT_HERE))]
    unused = [name for name in NOT_HERE if not any(command.startswith(name) for command in commands())]
    assert unused == []
    checkout = tmp_path / "checkout"
    left_behind = shutil.ignore_patterns(".git", ".paceline", ".venv", "target", ".terraform*", "*.tfstate*", "backend.tf")
    shutil.copytree(CHECKOUT, checkout, ignore=left_behind)
    (checkout / ".venv").symlink_to(VENVS)
    for root in ("bootstrap", "secrets", "environments/qa"):
        (checkout / "iac" / root / "on_moto_override.tf").write_text(PROVIDER_FOR_MOTO)
    docker = pretend_docker(tmp_path)
    machine = {"x86_64": "amd64", "aarch64": "arm64"}[os.uname().machine]
    build(docker, REVISION, architecture=machine)

    text = "\n".join(script)
    for page, here in _INSTEAD.items():
        assert page in text
        text = text.replace(page, here)
    done = typed(text, checkout, moto, docker)

    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-3000:]
    assert "arn:aws:sts::123456789012" in done.stdout
    assert len(re.findall(r"Apply complete!", done.stdout)) == 3
    assert re.search(r"^paceline-qa-load:\d+ runs 123456789012\.dkr\.ecr\.\S+@sha256:", done.stdout, re.MULTILINE)
    assert "not set" not in done.stdout.split("--list qa")[-1].split("iac/scripts/deliver")[0]
    assert len(re.findall(r"Destroy complete!", done.stdout)) == 2


def typed(text: str, checkout: Path, moto: str, docker: Path) -> "subprocess.CompletedProcess[str]":
    """Each command is shown, as bash does with -v; Terraform's questions are answered with yes."""
    kept_out = ("AWS_", "TF_", "PACELINE_STRAVA", "PACELINE_WAREHOUSE")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(kept_out)}
    folder = plugins()
    (checkout / "aws-config").write_text("[profile paceline]\naws_access_key_id = test\naws_secret_access_key = test\n")
    env = {
        **inherited,
        "PATH": f"{docker.parent / 'bin'}:{VENVS / 'iac' / 'bin'}:{inherited['PATH']}",
        "AWS_CONFIG_FILE": str(checkout / "aws-config"),
        "AWS_ENDPOINT_URL": moto,
        # The page's AWS CLI, version 2, takes AWS_REGION; the one from PyPI does not.
        "AWS_DEFAULT_REGION": REGION,
        "FAKE_DOCKER": str(docker),
        "CHECKPOINT_DISABLE": "1",
        "TF_CLI_ARGS_init": " ".join(
            ["-no-color", "-backend-config=use_path_style=true", *([f"-plugin-dir={folder}"] if folder else [])]
        ),
        "TF_CLI_ARGS_apply": "-no-color",
        # What a person answers to put-secrets.
        "PACELINE_STRAVA_CLIENT_ID": "12345",
        "PACELINE_STRAVA_CLIENT_SECRET": "0123456789abcdef",
        "PACELINE_STRAVA_ACCOUNTS": "me",
    }
    script = checkout / "typed.sh"
    script.write_text(f"set -ev\n{text}\n")
    return subprocess.run(
        ["bash", "-c", f"yes yes | bash {script} 2>&1"], cwd=checkout, env=env, capture_output=True, text=True, check=False
    )
