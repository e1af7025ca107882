"""iac/scripts/bootstrap and init, run as a person runs them, against a simulated AWS."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import pytest
from paceline_local.environments import VENVS
from simulated_aws import simulated_aws
from terraform import ACCOUNT, PROVIDER_FOR_MOTO, REGION, copy_of_iac, plugins

BUCKET = f"paceline-tfstate-{ACCOUNT}-{REGION}"
STATE = "bootstrap/terraform.tfstate"
_ROOT = 'terraform {\n  backend "s3" {\n    use_lockfile = true\n  }\n}\n'
UNCHANGED = "0 added, 0 changed, 0 destroyed"
# Where nothing has been made.
ELSEWHERE = "us-west-2"
_ACCESS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}


@dataclass(frozen=True)
class Machine:
    """A checkout with an environment, and an account to which its user has access."""

    iac: Path
    endpoint: str

    def run(self, script: str, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
        """Runs a script from a folder that is not the checkout; a variable that is empty is not set."""
        return subprocess.run(
            [self.iac / "scripts" / script, *arguments],
            cwd=self.iac.parents[1],
            env={name: value for name, value in {**self._env(), **env}.items() if value},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def must(self, script: str, *arguments: str, **env: str) -> str:
        done = self.run(script, *arguments, **env)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def bootstrap(self, **env: str) -> str:
        return self.must("bootstrap", "--yes", **env)

    def refused(self, script: str, *arguments: str, **env: str) -> tuple[int, str]:
        done = self.run(script, *arguments, **env)
        return done.returncode, done.stderr

    def s3(self, region: str = REGION) -> Any:
        access = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
        return boto3.client("s3", endpoint_url=self.endpoint, region_name=region, **access)

    def state(self, bucket: str = BUCKET) -> dict[str, Any]:
        return json.load(self.s3().get_object(Bucket=bucket, Key=STATE)["Body"])

    def backend(self, root: str) -> tuple[str, str, str]:
        """The bucket, key and region that init has noted."""
        config = json.loads((self.iac / root / ".terraform" / "terraform.tfstate").read_text())["backend"]["config"]
        return config["bucket"], config["key"], config["region"]

    def _env(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "TF_"))}
        folder = plugins()
        # moto is at an address that has no names of buckets.
        options = ["-no-color", "-backend-config=use_path_style=true", *([f"-plugin-dir={folder}"] if folder else [])]
        return {
            **inherited,
            **_ACCESS,
            "PATH": f"{VENVS / 'iac' / 'bin'}:{inherited['PATH']}",
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_REGION": REGION,
            "CHECKPOINT_DISABLE": "1",
            "TF_CLI_ARGS_init": " ".join(options),
            "TF_CLI_ARGS_apply": "-no-color",
            "TF_VAR_github_repository": "octocat/paceline",
        }


def machine(folder: Path, endpoint: str) -> Machine:
    iac = copy_of_iac(folder / "checkout")
    (iac / "bootstrap" / "on_moto_override.tf").write_text(PROVIDER_FOR_MOTO)
    for root in (iac / "environments" / "qa", iac / "secrets"):
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir(parents=True)
        (root / "main.tf").write_text(_ROOT)
    return Machine(iac, endpoint)


def resources(state: Mapping[str, Any]) -> set[str]:
    return {f"{each['type']}.{each['name']}" for each in state["resources"]}


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with simulated_aws(tmp_path_factory.mktemp("aws")) as endpoint:
        yield endpoint


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory, account: str) -> Machine:
    return machine(tmp_path_factory.mktemp("laptop"), account)


@pytest.fixture(scope="module")
def bootstrapped(laptop: Machine) -> Machine:
    """The laptop, after the first bootstrap of its account."""
    assert f"Terraform keeps its state in s3://{BUCKET}." in laptop.bootstrap()
    return laptop


def test_bootstrap_moves_its_state_into_the_bucket(bootstrapped: Machine) -> None:
    assert {"aws_s3_bucket.state", "aws_iam_role.github"} <= resources(bootstrapped.state())
    assert bootstrapped.backend("bootstrap") == (BUCKET, STATE, REGION)
    assert not list((bootstrapped.iac / "bootstrap").glob("*.tfstate*"))


def test_bootstrap_again_changes_nothing(bootstrapped: Machine) -> None:
    assert UNCHANGED in bootstrapped.bootstrap()


def test_bootstrap_on_a_second_machine_finds_the_state(tmp_path: Path, bootstrapped: Machine) -> None:
    second = machine(tmp_path, bootstrapped.endpoint)
    assert UNCHANGED in second.bootstrap()
    assert second.backend("bootstrap") == (BUCKET, STATE, REGION)


def test_bootstrap_continues_if_it_was_interrupted_before_its_state_was_in_the_bucket(bootstrapped: Machine) -> None:
    state = bootstrapped.state()
    bootstrapped.s3().delete_object(Bucket=BUCKET, Key=STATE)
    (bootstrapped.iac / "bootstrap" / "terraform.tfstate").write_text(json.dumps(state))
    assert UNCHANGED in bootstrapped.bootstrap()
    assert resources(bootstrapped.state()) == resources(state)


def test_bootstrap_adopts_a_bucket_whose_state_is_lost(tmp_path: Path, account: str) -> None:
    region = "eu-central-1"
    bucket = f"paceline-tfstate-{ACCOUNT}-{region}"
    other = machine(tmp_path, account)
    other.s3(region).create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": region})
    assert "Import successful" in other.bootstrap(AWS_REGION=region, TF_VAR_github_repository="")
    assert {"aws_s3_bucket.state", "aws_s3_bucket_versioning.state"} <= resources(other.state(bucket))


def test_bootstrap_leaves_the_state_of_another_account_alone(laptop: Machine) -> None:
    local = laptop.iac / "bootstrap" / "terraform.tfstate"
    local.write_text('{"outputs": {"state_bucket": {"value": "paceline-tfstate-999999999999-eu-west-1"}}}')
    try:
        code, said = laptop.refused("bootstrap", "--yes", AWS_REGION=ELSEWHERE)
        assert code == 78
        assert "belongs to another account or region" in said
        assert local.exists()
    finally:
        local.unlink()


def test_init_gives_each_root_its_key(bootstrapped: Machine) -> None:
    bootstrapped.must("init", "iac/environments/qa/")
    assert bootstrapped.backend("environments/qa") == (BUCKET, "environments/qa/terraform.tfstate", REGION)
    bootstrapped.must("init", "secrets", "qa")
    assert bootstrapped.backend("secrets") == (BUCKET, "secrets/qa/terraform.tfstate", REGION)


@pytest.mark.parametrize(
    ("command", "env", "code", "expected"),
    [
        ("init environments/qa", {"AWS_REGION": ELSEWHERE}, 78, "for Terraform's state: run iac/scripts/bootstrap first."),
        ("init environments/qa", {"AWS_REGION": ""}, 78, "no region is set: export AWS_REGION"),
        ("init environments/qa", {"TF_VAR_region": ELSEWHERE}, 78, f"but TF_VAR_region is {ELSEWHERE}: make them the same"),
        ("init environments/staging", {}, 64, 'there is no environment "staging"; there are:'),
        ("init environments", {}, 64, "takes environments/ENVIRONMENT"),
        ("init secrets", {}, 64, "takes environments/ENVIRONMENT"),
        ("init secrets staging", {}, 64, 'there is no environment "staging"'),
        ("init environments/qa prod", {}, 64, "takes environments/ENVIRONMENT"),
        ("init", {}, 64, "takes environments/ENVIRONMENT"),
        ("bootstrap now", {}, 64, "knows --yes and --help, not now"),
    ],
)
def test_what_is_wrong_is_said(laptop: Machine, command: str, env: dict[str, str], code: int, expected: str) -> None:
    found, said = laptop.refused(*command.split(), **env)
    assert (found, expected in said) == (code, True), said


@pytest.mark.parametrize("missing", ["terraform", "aws"])
def test_a_missing_program_is_said_with_how_to_get_it(laptop: Machine, tmp_path: Path, missing: str) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    for program in ("bash", "dirname", "sed", "terraform", "aws"):
        if program != missing:
            (programs / program).symlink_to(shutil.which(program) or VENVS / "iac" / "bin" / program)
    code, said = laptop.refused("init", "environments/qa", PATH=str(programs))
    assert code == 78
    assert f"{missing} was not found: install" in said


def test_missing_credentials_are_said(laptop: Machine, tmp_path: Path) -> None:
    nowhere = {"AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "none"), "AWS_CONFIG_FILE": str(tmp_path / "none")}
    without = {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "AWS_EC2_METADATA_DISABLED": "true", **nowhere}
    code, said = laptop.refused("init", "environments/qa", **without)
    assert code == 77
    assert "AWS did not say which account this is: " in said
    assert "aws sso login" in said


@pytest.mark.parametrize("script", ["bootstrap", "init"])
def test_help_says_how_a_script_is_used(laptop: Machine, script: str) -> None:
    assert f"Usage: iac/scripts/{script}" in laptop.must(script, "--help")
