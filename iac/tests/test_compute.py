"""Task definitions as Terraform registers them: what it rewrites, and what happens to the image that delivery sets."""

import json
from pathlib import Path
from typing import Any

import boto3
import pytest
from compute_given import RDS, REGISTRY, SECRET, VARIABLES
from paceline_aws.revisions import Definition
from paceline_local.paths import CHECKOUT
from terraform import ACCOUNT, REGION, Terraform, changes

CONTAINERS = CHECKOUT / "orchestration" / "containers"
CONTAINER = "containerDefinitions.0."


@pytest.fixture
def compute(iac: Path, moto: str) -> Terraform:
    """The module on its own."""
    return Terraform.on_moto(iac / "modules" / "compute", moto, **{**VARIABLES, **RDS}).init()


def ecs_of(moto: str) -> Any:
    return boto3.client("ecs", endpoint_url=moto, region_name=REGION, aws_access_key_id="test", aws_secret_access_key="test")


def leaves(value: Any, path: str = "") -> dict[str, Any]:
    """Every value of a JSON document by its path; entries with a name are found by it."""
    if isinstance(value, list) and value and all(isinstance(entry, dict) and "name" in entry for entry in value):
        value = {"0": value[0]} if path.endswith("containerDefinitions") else {entry["name"]: entry for entry in value}
    if isinstance(value, dict):
        return {found: leaf for key, member in value.items() for found, leaf in leaves(member, f"{path}.{key}").items()}
    return {path.removeprefix("."): value}


def rewrites(name: str, rendered: dict[str, Any]) -> dict[str, Any]:
    """What differs from the file of `orchestration/containers/`, by path."""
    before, after = leaves(json.loads((CONTAINERS / f"{name}.json").read_text())), leaves(rendered)
    assert before.keys() - after.keys() <= {f"{CONTAINER}environment"}
    return {path: leaf for path, leaf in after.items() if path not in before or before[path] != leaf}


def expected_of(name: str, image: str, own: dict[str, Any]) -> dict[str, Any]:
    role = f"arn:aws:iam::{ACCOUNT}:role/paceline-qa-{name}"
    return {
        "family": f"paceline-qa-{name}",
        "executionRoleArn": f"{role}-execution",
        "taskRoleArn": f"{role}-task",
        "runtimePlatform.cpuArchitecture": "X86_64",
        f"{CONTAINER}image": f"{REGISTRY}/paceline-qa/{image}:not-delivered-yet",
        f"{CONTAINER}logConfiguration.options.awslogs-group": "/paceline-qa",
        f"{CONTAINER}logConfiguration.options.awslogs-region": "eu-central-1",
        **{f"{CONTAINER}{path}": value for path, value in own.items()},
    }


def test_terraform_rewrites_exactly_these_fields(compute: Terraform, moto: str) -> None:
    """And what it registers is that."""
    elsewhere = compute.with_variables(region="eu-central-1")
    elsewhere.apply()
    rendered = {name: json.loads(text) for name, text in elsewhere.outputs()["task_definitions"].items()}
    for definition in rendered.values():
        described = ecs_of(moto).describe_task_definition(taskDefinition=definition["family"])["taskDefinition"]
        expected, found = leaves(definition), leaves(described)
        assert {path: found.get(path) for path in expected} == expected
    assert {name: rewrites(name, definition) for name, definition in rendered.items()} == {
        "extract-strava": expected_of(
            "extract-strava",
            "extract",
            {
                "environment.PACELINE_TOKENS.value": "ssm:/paceline-qa/strava/tokens",
                "secrets.PACELINE_STRAVA_ACCOUNTS.valueFrom": "/paceline-qa/strava/accounts",
                "secrets.PACELINE_STRAVA_CLIENT_ID.valueFrom": "/paceline-qa/strava/client-id",
                "secrets.PACELINE_STRAVA_CLIENT_SECRET.valueFrom": "/paceline-qa/strava/client-secret",
            },
        ),
        "load": expected_of(
            "load",
            "load",
            {
                "environment.PACELINE_WAREHOUSE_UNVERIFIED.name": "PACELINE_WAREHOUSE_UNVERIFIED",
                "environment.PACELINE_WAREHOUSE_UNVERIFIED.value": "true",
                "secrets.PACELINE_WAREHOUSE.valueFrom": "/paceline-qa/warehouse/url",
                "secrets.PACELINE_WAREHOUSE_PASSWORD.valueFrom": f"{SECRET}:password::",
            },
        ),
        "transformation": expected_of(
            "transformation",
            "transformation",
            {
                "secrets.PACELINE_WAREHOUSE.valueFrom": "/paceline-qa/warehouse/url",
                "secrets.PACELINE_WAREHOUSE_PASSWORD.valueFrom": f"{SECRET}:password::",
            },
        ),
    }


def deliver(ecs: Any, family: str, image: str) -> None:
    Definition.newest(ecs, family).use_image(ecs, image)


def newest_container(ecs: Any, family: str) -> dict[str, Any]:
    return ecs.describe_task_definition(taskDefinition=family)["taskDefinition"]["containerDefinitions"][0]


def test_a_delivered_image_is_kept_and_everything_else_is_terraforms(compute: Terraform, moto: str) -> None:
    compute.apply()
    assert changes(compute.plan()) == {}
    ecs = ecs_of(moto)
    assert newest_container(ecs, "paceline-qa-load")["image"].endswith(":not-delivered-yet")

    delivered = f"{REGISTRY}/paceline-qa/load:sha-1"
    deliver(ecs, "paceline-qa-load", delivered)
    assert newest_container(ecs, "paceline-qa-load")["image"] == delivered
    assert changes(compute.plan()) == {}

    changed = compute.with_variables(environment={"load": {"PACELINE_WAREHOUSE_UNVERIFIED": "false"}})
    assert changes(changed.plan()) == {'aws_ecs_task_definition.this["load"]': ["delete", "create"]}
    changed.apply()
    container = newest_container(ecs, "paceline-qa-load")
    assert container["image"] == delivered
    assert container["environment"] == [{"name": "PACELINE_WAREHOUSE_UNVERIFIED", "value": "false"}]
    assert changes(changed.plan()) == {}


def test_no_revision_is_lost_to_a_later_one_or_to_destroy(compute: Terraform, moto: str) -> None:
    compute.apply()
    compute.with_variables(environment={"load": {"PACELINE_WAREHOUSE_UNVERIFIED": "false"}}).apply()
    compute.destroy()
    ecs = ecs_of(moto)
    assert len(ecs.list_task_definitions(familyPrefix="paceline-qa-load", status="ACTIVE")["taskDefinitionArns"]) == 3
    assert ecs.describe_clusters(clusters=["paceline-qa"])["clusters"][0]["status"] == "INACTIVE"
    # An account that had such a deployment gets another, which does not begin with an image of the deleted repositories.
    deliver(ecs, "paceline-qa-load", "deleted/load:1")
    compute.apply()
    assert newest_container(ecs, "paceline-qa-load")["image"].endswith(":not-delivered-yet")
    assert changes(compute.plan()) == {}


def statements(plan: dict[str, Any], address: str) -> dict[str, tuple[list[str], list[str]]]:
    policies = {change["address"]: change["change"]["after"].get("policy") for change in plan["resource_changes"]}
    return {each["Sid"]: (each["Action"], each["Resource"]) for each in json.loads(policies[address])["Statement"]}


def containers_of(compute: Terraform) -> Path:
    return compute.folder.parents[2] / "orchestration" / "containers"


def add_second_application(compute: Terraform) -> None:
    """As docs/how-to/second-application.md says."""
    first = (containers_of(compute) / "extract-strava.json").read_text()
    second = first.replace("extract-strava", "extract-strava-club").replace("/paceline/strava/", "/paceline/strava-club/")
    (containers_of(compute) / "extract-strava-club.json").write_text(second)


def test_each_role_may_do_what_its_image_does_and_no_more(compute: Terraform) -> None:
    """As the plan shows it, before anything is made."""
    add_second_application(compute)
    plan = compute.plan()
    lake = VARIABLES["lake_bucket_arn"]
    parameter = f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/paceline-qa"
    assert statements(plan, 'aws_iam_role_policy.task["extract-strava"]') == {
        "ListLake": (["s3:ListBucket"], [lake]),
        "ReadLake": (["s3:GetObject"], [f"{lake}/{key}" for key in ("lake.json", "bronze/*", "log/*", "state/*", "locks/*")]),
        "WriteLake": (
            ["s3:PutObject"],
            [f"{lake}/{key}" for key in ("lake.json", "bronze/*", "log/*", "state/*", "locks/*", "reports/*")],
        ),
        "Unlock": (["s3:DeleteObject"], [f"{lake}/locks/*"]),
        "RotateTokens": (["ssm:GetParameter", "ssm:PutParameter"], [f"{parameter}/strava/tokens/*"]),
    }
    of_club = statements(plan, 'aws_iam_role_policy.task["extract-strava-club"]')
    assert of_club["RotateTokens"][1] == [f"{parameter}/strava-club/tokens/*"]
    assert statements(plan, 'aws_iam_role_policy.task["load"]') == {
        "ListLake": (["s3:ListBucket"], [lake]),
        "ReadLake": (["s3:GetObject"], [f"{lake}/{key}" for key in ("lake.json", "bronze/*", "log/*")]),
    }
    assert 'aws_iam_role_policy.task["transformation"]' not in changes(plan)
    repository = f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/paceline-qa"
    pull = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    assert statements(plan, 'aws_iam_role_policy.execution["load"]') == {
        "SignInToRegistry": (["ecr:GetAuthorizationToken"], ["*"]),
        "PullImage": (pull, [f"{repository}/load"]),
        "WriteLog": (
            ["logs:CreateLogStream", "logs:PutLogEvents"],
            [f"{VARIABLES['log_group_arn']}:log-stream:paceline/load/*"],
        ),
        "ReadSecrets": (["ssm:GetParameters"], [f"{parameter}/warehouse/url"]),
    }
    assert statements(plan, 'aws_iam_role_policy.execution["extract-strava"]')["ReadSecrets"][1] == [
        f"{parameter}/strava/{name}" for name in ("accounts", "client-id", "client-secret")
    ]
    assert statements(plan, 'aws_iam_role_policy.warehouse_password["load"]') == {
        "ReadWarehousePassword": (["secretsmanager:GetSecretValue"], [SECRET])
    }


def test_a_definition_that_would_not_be_deployed_as_it_is_written_is_refused(compute: Terraform) -> None:
    file = containers_of(compute) / "load.json"
    faults = {"family": "other", "ephemeralStorage": {"sizeInGiB": 30}, "volumes": [{"name": "tmp", "host": {"sourcePath": "/"}}]}
    faulty = {**json.loads(file.read_text()), **faults}
    file.write_text(json.dumps(faulty).replace("/paceline/warehouse/url", "/shared/url"))
    refused = compute.attempt("plan", "-no-color", "-input=false")
    said = " ".join(refused.stderr.replace("│", " ").split())
    assert refused.returncode != 0
    assert "load.json must have one container, and the family paceline-load." in said
    assert "load.json has a field that would not be deployed." in said
    assert "load.json has a volume with more than a name, which would not be deployed." in said
    assert "load.json has a secret that is not below /paceline/, so deployments would share it." in said
