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
# Commands that need AWS itself, or a person: why they are not run, and where they are tested instead.
NOT_HERE = {
    "make setup": "it has run, or this test would not",
    "aws configure sso": "it opens a browser at AWS",
    "aws sso login": "it opens a browser at AWS",
    'eval "$(aws configure export-credentials': "version 2 of the AWS CLI has it, and PyPI has version 1",
    "extract authorize": """it opens a browser at Strava; extract/src/test/java/dev/paceline/extract/AuthorizeTest.java
        stores a token in SSM, and cli/src/test/java/dev/paceline/cli/secret/SecretTest.java reads a secret from there""",
    "make images": "it needs a Docker engine: dev/containers/tests",
    "make aws-run": "moto runs no containers: iac/tests/test_aws_run.py",
    "aws stepfunctions start-execution": "moto cannot make the state machine: iac/tests/test_state_machine.py",
    "curl -o ~/rds.pem": "it downloads Amazon's CA, which the images have as well: dev/images/ca/refresh",
    "iac/scripts/tunnel": "moto runs no containers: iac/tests/test_tunnel.py",
    "psql": "there is no database: iac/tests/test_tunnel.py has the line that the tunnel prints",
    "terraform -chdir=iac/environments/qa output -json deployment": "for another Airflow: iac/tests/test_deployed_dag.py",
}
# moto has no ValidateStateMachineDefinition, and its parameter group changes in each plan.
_INSTEAD = {"TF_VAR_orchestrator=scheduler": "TF_VAR_orchestrator=none", " TF_VAR_monthly_budget_usd=40": ""}
_PARAMETERS = ("strava/accounts", "strava/client-id", "strava/client-secret", "warehouse/url")


def commands() -> list[str]:
    """The lines of the page that are indented as code, outside lists."""
    lines = PAGE.read_text().splitlines()
    return [line.strip() for line in lines if line.startswith("    ")]


def mentioned() -> list[str]:
    """What the text itself names and begins as a command does."""
    programs = {command.split()[0] for command in commands()}
    spans = re.findall(r"`([^`\n]+)`", PAGE.read_text())
    return [span for span in spans if len(span.split()) > 1 and span.split()[0] in programs]


def of_a_laptop() -> list[str]:
    """What .envrc.example exports, which the reader's shell may have and no container on AWS may get."""
    lines = (CHECKOUT / ".envrc.example").read_text().splitlines()
    return [line for line in lines if line.startswith("export ")]


def test_each_exception_is_on_the_page_and_names_tests_that_exist() -> None:
    assert [name for name in NOT_HERE if not any(line.startswith(name) for line in [*commands(), *mentioned()])] == []
    places = re.findall(r"\w+(?:/[\w.]+)+", " ".join(NOT_HERE.values()))
    assert places
    assert [place for place in places if not (CHECKOUT / place).exists()] == []


def test_a_command_that_the_text_names_is_one_that_is_run_or_an_exception() -> None:
    run = [set(command.split()) for command in commands()]
    known = tuple(NOT_HERE)
    assert [
        span for span in mentioned() if not span.startswith(known) and not any(set(span.split()) <= words for words in run)
    ] == []


def test_every_command_is_run_here_or_has_a_test_of_its_own(moto: str, tmp_path: Path) -> None:
    script = [command for command in commands() if not command.startswith(tuple(NOT_HERE))]
    checkout = tmp_path / "checkout"
    left_behind = shutil.ignore_patterns(".git", ".paceline", ".venv", "target", ".terraform*", "*.tfstate*", "backend.tf")
    shutil.copytree(CHECKOUT, checkout, ignore=left_behind)
    (checkout / ".venv").symlink_to(VENVS)
    for root in ("bootstrap", "secrets", "environments/qa"):
        (checkout / "iac" / root / "on_moto_override.tf").write_text(PROVIDER_FOR_MOTO)
    docker = pretend_docker(tmp_path)
    # Linux and macOS name the same processor differently.
    machine = {"x86_64": "amd64"}.get(os.uname().machine, "arm64")
    build(docker, REVISION, architecture=machine)

    text = "\n".join([*of_a_laptop(), *script])
    for page, here in _INSTEAD.items():
        assert page in text
        text = text.replace(page, here)
    done = typed(text, checkout, moto, docker)

    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-3000:]
    assert "arn:aws:sts::123456789012" in done.stdout
    assert len(re.findall(r"Apply complete!", done.stdout)) == 3
    assert re.search(r"^paceline-qa-load:\d+ runs 123456789012\.dkr\.ecr\.\S+@sha256:", done.stdout, re.MULTILINE)
    listed = re.findall(r"^(set|not set) +/paceline-qa/(\S+) ", done.stdout, re.MULTILINE)
    assert sorted(listed) == [("set", name) for name in _PARAMETERS]
    assert re.search(r'^\{.*"password"', done.stdout, re.MULTILINE)
    assert len(re.findall(r"Destroy complete!", done.stdout)) == 2


def typed(text: str, checkout: Path, moto: str, docker: Path) -> "subprocess.CompletedProcess[str]":
    """Each command is shown, as bash does with -v; Terraform's questions are answered with yes."""
    kept_out = ("AWS_", "TF_", "PACELINE_")
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
        "PACELINE_SECRET_STRAVA_CLIENT_ID": "12345",
        "PACELINE_SECRET_STRAVA_CLIENT_SECRET": "0123456789abcdef",
        "PACELINE_SECRET_STRAVA_ACCOUNTS": "me",
    }
    script = checkout / "typed.sh"
    script.write_text(f"set -ev\n{text}\n")
    return subprocess.run(
        ["bash", "-c", f"yes yes | bash {script} 2>&1"], cwd=checkout, env=env, capture_output=True, text=True, check=False
    )
