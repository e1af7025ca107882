"""`paceline.json`: the error says what is wrong with it; Airflow shows it as an import error."""

import json
from pathlib import Path
from typing import Any

import pytest
from harness import DEPLOYMENT, write_deployment
from paceline.deployment import Deployment, DeploymentError


def test_the_deployment_is_read_from_the_file_next_to_the_dags(deployment_file: Path) -> None:
    assert Deployment.load() == Deployment.parse(DEPLOYMENT)
    assert Deployment.load().retries == 2


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"lake": None}, "a lake that is not of type str"),
        ({"poll_seconds": "1"}, "a poll_seconds that is not of type float"),
        ({"log_seconds": True}, "a log_seconds that is not of type float"),
        ({"retries": True}, "a retries that is not of type int"),
        ({"subnets": "subnet-1"}, r"a subnets that is not of type list\[str\]"),
        ({"families": {"extract": 1}}, r"a families that is not of type dict\[str, str\]"),
        ({"clutser": "x"}, "an unknown key clutser"),
    ],
)
def test_a_wrong_value_is_named(deployment_file: Path, change: dict[str, Any], message: str) -> None:
    write_deployment(deployment_file.parent, **change)
    with pytest.raises(DeploymentError, match=message):
        Deployment.load()


@pytest.mark.parametrize("seconds", [6, 0.2])
def test_seconds_may_be_fractions(seconds: float) -> None:
    assert Deployment.parse({**DEPLOYMENT, "poll_seconds": seconds}).poll_seconds == seconds


def test_missing_keys_are_named(deployment_file: Path) -> None:
    deployment_file.write_text(json.dumps({name: value for name, value in DEPLOYMENT.items() if name not in ("lake", "cluster")}))
    with pytest.raises(DeploymentError, match="has no cluster, has no lake"):
        Deployment.load()


def test_a_task_definition_without_a_family_is_named() -> None:
    known = "extract, extract-application, load, transformation"
    with pytest.raises(DeploymentError, match=f"no family for the task definition dashboard, only for {known}"):
        Deployment.parse(DEPLOYMENT).family("dashboard")


@pytest.mark.parametrize(("text", "message"), [("{", "not valid JSON"), ("[]", "not a JSON object")])
def test_a_file_that_is_not_a_json_object_is_refused(deployment_file: Path, text: str, message: str) -> None:
    deployment_file.write_text(text)
    with pytest.raises(DeploymentError, match=message):
        Deployment.load()


def test_the_error_for_a_missing_file_says_what_writes_it(deployment_file: Path) -> None:
    deployment_file.unlink()
    with pytest.raises(DeploymentError, match="the deployment of the DAGs writes it"):
        Deployment.load()
