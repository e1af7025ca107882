"""Format and validity of every root and module, checkov's policies, tflint's core rules."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from paceline_ci.iac import TFLINT
from paceline_local.environments import VENVS
from terraform import IAC, Terraform

FOLDERS = sorted({file.parent.relative_to(IAC).as_posix() for file in IAC.rglob("*.tf") if ".terraform" not in file.parts})
ROOTS = [folder for folder in FOLDERS if not folder.startswith("modules/")]


def test_every_file_is_formatted(iac: Path) -> None:
    done = Terraform(iac).attempt("fmt", "-check", "-recursive", "-diff", "-no-color")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("root", ROOTS)
def test_root_is_valid(iac: Path, root: str) -> None:
    """Its modules are validated with it, and those that no root uses by their own tests."""
    terraform = Terraform(iac / root)
    terraform.init("-backend=false")
    terraform.run("validate", "-no-color")


@pytest.mark.parametrize("folder", FOLDERS)
def test_tflint_finds_nothing(folder: str) -> None:
    done = subprocess.run(
        [TFLINT, f"--chdir={IAC / folder}", f"--config={IAC / '.tflint.hcl'}"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_checkov_finds_nothing_but_what_is_skipped_with_a_reason(iac: Path) -> None:
    results = checkov(iac)
    failed = [f"{check['check_id']} {check['resource']}: {check['check_name']}" for check in results["failed_checks"]]
    assert failed == []
    assert results["parsing_errors"] == [], "checkov checks nothing in a file that it cannot parse"
    assert len(results["passed_checks"]) > 100
    unreasoned = [f"{check['check_id']} {check['resource']}" for check in results["skipped_checks"] if not reason(check)]
    assert unreasoned == []


def test_checkov_finds_what_is_wrong(tmp_path: Path) -> None:
    """The check above can fail: for a finding, and for a file that is skipped silently because it cannot be parsed."""
    (tmp_path / "open.tf").write_text(
        'resource "aws_security_group_rule" "open" {\n  type              = "ingress"\n  from_port         = 22\n'
        '  to_port           = 22\n  protocol          = "tcp"\n  cidr_blocks       = ["0.0.0.0/0"]\n'
        '  security_group_id = "sg-1"\n}\n'
    )
    (tmp_path / "number.tf").write_text('resource "aws_s3_bucket" "b" {\n  bucket = "b"\n  tags = { n = 2e9 }\n')
    results = checkov(tmp_path)
    assert "CKV_AWS_24" in {check["check_id"] for check in results["failed_checks"]}
    assert [Path(file).name for file in results["parsing_errors"]] == ["number.tf"]


def checkov(folder: Path) -> dict[str, Any]:
    options = ["--framework", "terraform", "--output", "json", "--compact", "--skip-download"]
    done = subprocess.run(
        [VENVS / "iac" / "bin" / "checkov", "--directory", folder, *options],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "LOG_LEVEL": "ERROR", "HOME": str(folder)},
    )
    assert done.stdout.startswith("{"), done.stdout + done.stderr
    return json.loads(done.stdout)["results"]


def reason(check: dict[str, Any]) -> str:
    return str(check["check_result"].get("suppress_comment", "")).replace("No comment provided", "").strip()
