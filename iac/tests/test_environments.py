"""What the environments share: the same variables, each explained in .envrc.example, and a sentence for each wrong value."""

import re
from pathlib import Path

import pytest
from paceline_local.paths import CHECKOUT
from terraform import IAC, Terraform

ENVIRONMENTS = ("qa", "prod")
WRONG = {
    "region": ("Ireland", "region must be the code of an AWS region, e.g. eu-west-1"),
    "egress": ("nat_gateway", "egress must be"),
    "architecture": ("arm64", "architecture must be ARM64 or X86_64"),
    "warehouse": ("supabase", "must be"),
    "warehouse_ca": ("prod-ca-2021.crt", "warehouse_ca must be the text of a PEM file"),
    "orchestrator": ("airflow", "must be"),
    "alarm_email": ("ops", "alarm_email must be"),
    "monthly_budget_usd": (-1, "monthly_budget_usd must be"),
}


def variables_of(environment: str) -> dict[str, str]:
    """Each variable's description, by its name."""
    text = (IAC / "environments" / environment / "variables.tf").read_text()
    return dict(re.findall(r'variable "(\w+)" \{\s+description = "(.+)"', text))


def test_both_take_the_same_variables() -> None:
    assert variables_of("qa") == variables_of("prod")
    assert set(variables_of("qa")) == set(WRONG)


def test_each_variable_is_explained_where_it_is_set() -> None:
    example = (CHECKOUT / ".envrc.example").read_text()
    assert [name for name in WRONG if not re.search(rf"^#.*\bTF_VAR_{name}=.+", example, re.MULTILINE)] == []


def test_each_wrong_value_is_refused_by_a_sentence_before_anything_is_made(iac: Path, moto: str) -> None:
    root = Terraform.on_moto(iac / "environments/qa", moto, region="eu-west-1").init()
    missed = {}
    for name, (value, sentence) in WRONG.items():
        done = root.with_variables(**{name: value}).attempt("plan", "-no-color", "-input=false")
        told = re.sub(r"\s*[│╷╵]?\s+", " ", done.stderr)
        if done.returncode != 1 or sentence not in told:
            missed[name] = told
    assert missed == {}


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_its_state_is_locked_and_its_own(environment: str) -> None:
    text = (IAC / "environments" / environment / "versions.tf").read_text()
    settings = dict(re.findall(r"(key|use_lockfile)\s+= (.+)", text))
    assert settings == {"key": f'"environments/{environment}/terraform.tfstate"', "use_lockfile": "true"}
