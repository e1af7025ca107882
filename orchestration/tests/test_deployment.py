"""`paceline.json`: the error says what is wrong with it; Airflow shows it as an import error."""

import json
from pathlib import Path
from typing import Any

import pytest
from harness import DEPLOYMENT, write_deployment
from paceline.capacity import CapacityProvider, without_spot
from paceline.deployment import Deployment, DeploymentError
from paceline.task import PacelineTaskOperator

SPOT = {"provider": "FARGATE_SPOT", "weight": 4}
ON_DEMAND = {"provider": "FARGATE", "weight": 1, "base": 1}


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
        ({"assign_public_ip": "ENABLED"}, "an assign_public_ip that is not of type bool"),
        ({"assign_public_ip": 1}, "an assign_public_ip that is not of type bool"),
        ({"subnets": []}, "has an empty subnets"),
        ({"region": ""}, "has an empty region"),
        ({"capacity_providers": "FARGATE"}, "capacity_providers that are not a list of 1 to 20 objects"),
        ({"capacity_providers": []}, "capacity_providers that are not a list of 1 to 20 objects"),
        ({"capacity_providers": ["FARGATE"]}, r"a capacity_providers\[0\] that is not an object"),
        ({"capacity_providers": [{"weight": 1}]}, r"a capacity_providers\[0\] without a provider"),
        ({"capacity_providers": [{**SPOT, "wieght": 1}]}, r"an unknown key wieght in capacity_providers\[0\]"),
        (
            {"capacity_providers": [SPOT, {"provider": "FARGATE"}]},
            r"a capacity_providers\[1\] whose weight is not a whole number",
        ),
        ({"capacity_providers": [{**SPOT, "weight": 1001}]}, "whose weight is not a whole number from 0 to 1000"),
        ({"capacity_providers": [{**SPOT, "weight": True}]}, "whose weight is not a whole number from 0 to 1000"),
        ({"capacity_providers": [{**SPOT, "base": -1}]}, "whose base is not a whole number from 0 to 100000"),
        ({"capacity_providers": [SPOT, SPOT]}, "names a provider twice"),
        ({"capacity_providers": [{**SPOT, "weight": 0}]}, "weights are all 0"),
        ({"capacity_providers": [{**SPOT, "base": 1}, {**ON_DEMAND, "base": 1}]}, "a base for several capacity_providers"),
        ({"capacity_providers": [SPOT, {**ON_DEMAND, "provider": "mine"}]}, "mixes Fargate and others"),
    ],
)
def test_a_wrong_value_is_named(deployment_file: Path, change: dict[str, Any], message: str) -> None:
    write_deployment(deployment_file.parent, **change)
    with pytest.raises(DeploymentError, match=message):
        Deployment.load()


@pytest.mark.parametrize("seconds", [6, 0.2])
def test_seconds_may_be_fractions(seconds: float) -> None:
    assert Deployment.parse({**DEPLOYMENT, "poll_seconds": seconds}).poll_seconds == seconds


def test_a_task_gets_region_public_address_and_all_capacity_providers(deployment_file: Path) -> None:
    write_deployment(deployment_file.parent, region="eu-central-1", assign_public_ip=True, capacity_providers=[SPOT, ON_DEMAND])
    task = PacelineTaskOperator(task_id="load", image="load", command=["stage"])
    assert task.region_name == task.awslogs_region == "eu-central-1"
    assert task.network_configuration["awsvpcConfiguration"]["assignPublicIp"] == "ENABLED"
    assert task.capacity_provider_strategy == [
        {"capacityProvider": "FARGATE_SPOT", "weight": 4, "base": 0},
        {"capacityProvider": "FARGATE", "weight": 1, "base": 1},
    ]
    write_deployment(deployment_file.parent)
    private = PacelineTaskOperator(task_id="load", image="load", command=["stage"])
    assert private.network_configuration["awsvpcConfiguration"]["assignPublicIp"] == "DISABLED"


def test_without_spot_a_task_runs_on_demand_alone() -> None:
    """Even if the strategy names only Spot. One without Spot stays as it is."""
    spot, on_demand = (CapacityProvider(**each).to_ecs() for each in (SPOT, ON_DEMAND))
    alone = [{"capacityProvider": "FARGATE", "weight": 1, "base": 0}]
    assert without_spot([spot, on_demand]) == without_spot([spot]) == alone
    assert without_spot([on_demand]) == [on_demand]
    assert without_spot([]) == []


def test_missing_keys_are_named(deployment_file: Path) -> None:
    deployment_file.write_text(json.dumps({name: value for name, value in DEPLOYMENT.items() if name not in ("lake", "cluster")}))
    with pytest.raises(DeploymentError, match="has no cluster, has no lake"):
        Deployment.load()


def test_a_task_definition_without_a_family_is_named() -> None:
    known = "extract-strava, extract-strava-club, load, transformation"
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
