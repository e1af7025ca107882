"""What replaces SSM and `paceline.json` on a laptop."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from paceline_local.ecs.definitions_folder import read_definitions
from paceline_local.orchestration.embedded import CONTAINERS, definitions_of, deployment_of, parameters


@pytest.fixture
def stack(tmp_path: Path) -> Any:
    names = ("PACELINE_TOKENS", "PACELINE_STRAVA_ACCOUNTS", "PACELINE_STRAVA_CLIENT_ID", "PACELINE_STRAVA_CLIENT_SECRET")
    return SimpleNamespace(
        extract_environment=lambda: {name: name.lower() for name in names},
        sandbox=SimpleNamespace(for_extract=lambda: {"PACELINE_STRAVA_API_URL": "http://127.0.0.1:1", "OTHER": "x"}),
        variant=SimpleNamespace(name="demo", lake=tmp_path),
        warehouse=SimpleNamespace(url="postgresql://me@127.0.0.1/warehouse", password="hush"),
    )


def containers(definitions: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {definition["family"]: definition["containerDefinitions"][0] for definition in definitions}


def test_every_secret_of_a_task_definition_is_a_parameter_and_there_is_no_other(stack: Any) -> None:
    defined = containers(read_definitions(CONTAINERS, {}))
    assert parameters(stack).keys() == {secret["valueFrom"] for container in defined.values() for secret in container["secrets"]}


def test_only_extract_learns_where_the_simulated_api_and_its_tokens_are_and_no_secret_is_added(stack: Any) -> None:
    shipped, local = containers(read_definitions(CONTAINERS, {})), containers(definitions_of(stack))
    assert {family: container["environment"] for family, container in local.items() if container["environment"]} == {
        "paceline-extract-strava": [
            {"name": "PACELINE_STRAVA_API_URL", "value": "http://127.0.0.1:1"},
            {"name": "PACELINE_TOKENS", "value": "paceline_tokens"},
        ]
    }
    assert {family: container["secrets"] for family, container in local.items()} == {
        family: container["secrets"] for family, container in shipped.items()
    }


def test_the_deployment_names_the_family_of_each_definition(stack: Any) -> None:
    assert deployment_of(stack)["families"] == {
        "extract-strava": "paceline-extract-strava",
        "load": "paceline-load",
        "transformation": "paceline-transformation",
    }
