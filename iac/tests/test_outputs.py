"""The outputs of an environment, as the scripts and `aws-run` read them, from a real state."""

from pathlib import Path

import pytest
from paceline_aws import outputs
from paceline_aws.outputs import outputs_of
from paceline_local.failure import USAGE, Failure
from terraform import Terraform


@pytest.fixture
def qa(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terraform:
    """An environment without resources, and its outputs."""
    folder = tmp_path / "qa"
    folder.mkdir()
    (folder / "outputs.tf").write_text('output "deployment" {\n  value = { cluster = "paceline-qa", subnets = ["a"] }\n}\n')
    monkeypatch.setattr(outputs, "ENVIRONMENTS", tmp_path)
    return Terraform(folder)


def test_outputs_are_values_by_name(qa: Terraform) -> None:
    assert outputs_of("qa") == {}
    qa.apply()
    assert outputs_of("qa") == {"deployment": {"cluster": "paceline-qa", "subnets": ["a"]}}


def test_an_environment_that_is_not_there_is_a_usage_error(qa: Terraform) -> None:
    with pytest.raises(Failure, match="There is no environment 'prod'") as refused:
        outputs_of("prod")
    assert refused.value.exit_code == USAGE


def test_only_the_first_error_of_terraform_is_passed_on(qa: Terraform) -> None:
    (qa.folder / "backend.tf").write_text('terraform {\n  backend "s3" {}\n}\n')
    with pytest.raises(Failure) as refused:
        outputs_of("qa")
    assert str(refused.value) == (
        'Terraform could not read the outputs of qa: Backend initialization required, please run "terraform init".'
        " Run `iac/scripts/init environments/qa`, and check your AWS credentials."
    )


def test_what_is_not_applied_has_one_sentence_for_all_tools(qa: Terraform) -> None:
    with pytest.raises(Failure, match=r"qa is not applied yet: it has no output deployment\. Run `terraform -chdir=iac/env"):
        outputs_of("qa", "deployment")
    qa.apply()
    assert outputs_of("qa", "deployment") == outputs_of("qa")
    with pytest.raises(Failure, match="it has no output repository_urls"):
        outputs_of("qa", "deployment", "repository_urls")


def test_an_output_that_is_null_is_left_out_by_terraform(qa: Terraform) -> None:
    """So the code cannot tell it from one that does not exist."""
    (qa.folder / "tunnel.tf").write_text('output "tunnel" {\n  value = null\n}\n')
    qa.apply()
    assert outputs_of("qa").keys() == {"deployment"}


def test_without_terraform_it_says_what_to_install(qa: Terraform, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Failure, match="terraform is not on the PATH"):
        outputs_of("qa")
