"""The task definitions of the repository as the stack runs them, registered at a real endpoint."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from paceline_local.compose.definitions import GIVEN_CA, local_definitions
from paceline_local.compose.settings import Settings, Strava
from paceline_local.ecs.endpoint import Endpoint
from paceline_local.ecs.processes import ProcessRunner
from paceline_local.ecs.secrets import Secrets
from paceline_local.orchestration.embedded import CONTAINERS

from .env_lines import AWS, WAREHOUSE, WRITTEN

SANDBOX = "http://sandbox:8091"


def by_family(settings: Settings) -> dict[str, dict[str, Any]]:
    return {definition["family"]: definition for definition in local_definitions(CONTAINERS, settings, SANDBOX)}


def main_of(definition: dict[str, Any]) -> dict[str, Any]:
    return definition["containerDefinitions"][0]


def variables(definition: dict[str, Any]) -> dict[str, str]:
    return {variable["name"]: variable["value"] for variable in main_of(definition)["environment"]}


def test_every_one_has_a_read_only_root_a_tmpfs_and_the_images_of_this_tag(tmp_path: Path) -> None:
    definitions = by_family(Settings.read({**WRITTEN, "PACELINE_TAG": "v7"}))
    endpoint = Endpoint(ProcessRunner({}), Secrets({}), tmp_path / "logs")
    for definition in definitions.values():
        endpoint.register(definition)
        container = main_of(definition)
        assert container["readonlyRootFilesystem"] is True
        assert [tmpfs["containerPath"] for tmpfs in container["linuxParameters"]["tmpfs"]] == ["/tmp"]
        assert container["stopTimeout"] >= 60
    images = [main_of(definition)["image"] for definition in definitions.values()]
    assert images == ["paceline/extract:v7", "paceline/load:v7", "paceline/transformation:v7"]


@pytest.mark.parametrize(
    ("family", "mounts"),
    [
        ("paceline-extract-strava", [("p_tokens", "/tokens", False), ("p_aws", "/aws", True)]),
        ("paceline-load", [("p_aws", "/aws", True), ("p_ca", "/ca", True)]),
        ("paceline-transformation", [("p_ca", "/ca", True)]),
    ],
)
def test_each_sees_the_volumes_that_it_needs_and_only_extract_may_write(family: str, mounts: list[tuple[str, str, bool]]) -> None:
    definition = by_family(Settings.read({**WRITTEN, "PACELINE_PROJECT": "p"}))[family]
    found = [(mount["sourceVolume"], mount["containerPath"], mount["readOnly"]) for mount in main_of(definition)["mountPoints"]]
    assert found == mounts
    assert [volume["name"] for volume in definition["volumes"]] == [name for name, _, _ in mounts]


def test_stand_ins_are_addresses_in_the_environment_and_real_services_are_none() -> None:
    stand_ins = by_family(Settings.read(WRITTEN))
    assert variables(stand_ins["paceline-extract-strava"])["PACELINE_STRAVA_API_URL"] == f"{SANDBOX}/api/v3"
    assert variables(stand_ins["paceline-load"])["AWS_ENDPOINT_URL_S3"] == "http://s3:7070"
    assert variables(stand_ins["paceline-transformation"]) == {"PACELINE_WAREHOUSE_CA": "/ca/ca.pem"}
    real = dataclasses.replace(Settings.read({**WRITTEN, **AWS}), strava=Strava("1", "secret", "anna"))
    names = variables(by_family(real)["paceline-extract-strava"]).keys()
    assert names == {"AWS_REGION", "AWS_SHARED_CREDENTIALS_FILE", "AWS_EC2_METADATA_DISABLED", "PACELINE_TOKENS"}


@pytest.mark.parametrize(("line", "tokens"), [({}, "file:///tokens"), ({"PACELINE_TOKENS": "ssm:/tokens"}, "ssm:/tokens")])
def test_the_tokens_are_where_dev_env_says_and_not_where_they_are_on_aws(line: dict[str, str], tokens: str) -> None:
    assert variables(by_family(Settings.read({**WRITTEN, **AWS, **line}))["paceline-extract-strava"])["PACELINE_TOKENS"] == tokens


@pytest.mark.parametrize(("ca", "volumes"), [(None, []), (GIVEN_CA, ["paceline_deployment"])])
def test_the_ca_of_a_real_warehouse_is_mounted_if_one_is_given(ca: tuple[str, str] | None, volumes: list[str]) -> None:
    for definition in local_definitions(CONTAINERS, Settings.read({**WRITTEN, **AWS}), SANDBOX, ca):
        if definition["family"] == "paceline-transformation":
            assert [volume["name"] for volume in definition["volumes"]] == volumes
            assert variables(definition) == ({"PACELINE_WAREHOUSE_CA": ca[1]} if ca else {})


@pytest.mark.parametrize(("line", "unverified"), [({}, False), ({"PACELINE_WAREHOUSE_UNVERIFIED": "true"}, True)])
def test_an_unverified_warehouse_is_a_setting_of_load_and_transformation(line: dict[str, str], *, unverified: bool) -> None:
    definitions = by_family(Settings.read({**WRITTEN, **WAREHOUSE, **line}))
    expected = {"paceline-load", "paceline-transformation"} if unverified else set()
    assert {family for family in definitions if "PACELINE_WAREHOUSE_UNVERIFIED" in variables(definitions[family])} == expected
