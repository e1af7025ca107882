"""`paceline.json`: what is wrong with it is said where Airflow shows import errors."""

import json
from pathlib import Path
from typing import Any

import pytest
from harness import DEPLOYMENT, write_deployment
from paceline.deployment import Deployment, DeploymentError


def test_the_place_is_what_the_file_beside_the_dags_says(deployment_file: Path) -> None:
    assert Deployment.load() == Deployment.parse(DEPLOYMENT)
    assert Deployment.load().retries == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"lake": None}, "a lake that is no"),
        ({"poll_seconds": "1"}, "a poll_seconds that is no"),
        ({"retries": True}, "a retries that is no"),
        ({"subnets": "subnet-1"}, "a subnets that is no"),
        ({"families": {"extract": 1}}, "a families that is no"),
        ({"clutser": "x"}, "an unknown clutser"),
    ],
)
def test_a_wrong_value_is_named(deployment_file: Path, change: dict[str, Any], said: str) -> None:
    write_deployment(deployment_file.parent, **change)
    with pytest.raises(DeploymentError, match=said):
        Deployment.load()


def test_what_lacks_is_named(deployment_file: Path) -> None:
    deployment_file.write_text(json.dumps({name: value for name, value in DEPLOYMENT.items() if name not in ("lake", "cluster")}))
    with pytest.raises(DeploymentError, match="lacks cluster, lacks lake"):
        Deployment.load()


def test_an_image_without_a_family_is_named() -> None:
    with pytest.raises(DeploymentError, match="no family of the image dashboard, only of extract, load, transformation"):
        Deployment.parse(DEPLOYMENT).family("dashboard")


@pytest.mark.parametrize(("text", "said"), [("{", "no JSON"), ("[]", "no object")])
def test_a_file_of_another_kind_is_refused(deployment_file: Path, text: str, said: str) -> None:
    deployment_file.write_text(text)
    with pytest.raises(DeploymentError, match=said):
        Deployment.load()


def test_without_the_file_it_is_said_who_writes_it(deployment_file: Path) -> None:
    deployment_file.unlink()
    with pytest.raises(DeploymentError, match="what deploys the DAGs writes it"):
        Deployment.load()
