"""Task definitions as files, and the environment that a machine merges into them."""

import json
from pathlib import Path
from typing import Any

import pytest
from paceline_local.ecs.definitions_folder import read_definitions
from paceline_local.failure import CONFIGURATION, Failure


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    put(tmp_path, "b.json", family="b", environment=[{"name": "KEPT", "value": "1"}, {"name": "LAKE", "value": "s3://"}])
    put(tmp_path, "a.json", family="a")
    (tmp_path / "README.md").write_text("not a definition")
    return tmp_path


def put(folder: Path, name: str, family: str, **container: Any) -> None:
    (folder / name).write_text(
        json.dumps({"family": family, "containerDefinitions": [{"name": "main", "image": "i", **container}]})
    )


def environments(definitions: list[dict[str, Any]]) -> dict[str, list[dict[str, str]]]:
    return {definition["family"]: definition["containerDefinitions"][0]["environment"] for definition in definitions}


def test_each_file_is_a_definition_and_they_are_ordered_by_name(folder: Path) -> None:
    assert [definition["family"] for definition in read_definitions(folder, {})] == ["a", "b"]


def test_a_variable_replaces_the_definitions_own(folder: Path) -> None:
    merged = read_definitions(folder, {"b": {"LAKE": "file:///lake", "NEW": "2"}})
    new = [{"name": "KEPT", "value": "1"}, {"name": "LAKE", "value": "file:///lake"}, {"name": "NEW", "value": "2"}]
    assert environments(merged) == {"a": [], "b": new}


def test_the_files_are_not_changed(folder: Path) -> None:
    before = (folder / "b.json").read_bytes()
    read_definitions(folder, {"b": {"LAKE": "x"}})
    assert (folder / "b.json").read_bytes() == before
    assert environments(read_definitions(folder, {}))["b"][1]["value"] == "s3://"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", r"The task definition in .*c\.json is not valid JSON \(line 1"),
        ("[]", r"The task definition in .*c\.json is not a JSON object"),
        ("{}", r"c\.json is not a task definition"),
        ('{"family": "c", "containerDefinitions": {}}', r"c\.json is not a task definition"),
        ('{"family": "c", "containerDefinitions": ["x"]}', r"c\.json is not a task definition"),
        ('{"family": "b", "containerDefinitions": []}', r"c\.json defines the family 'b', and so does another file"),
    ],
)
def test_an_invalid_file_is_named(folder: Path, text: str, message: str) -> None:
    (folder / "c.json").write_text(text)
    with pytest.raises(Failure, match=message) as refused:
        read_definitions(folder, {})
    assert refused.value.exit_code == CONFIGURATION


def test_an_environment_for_an_unknown_family_is_refused(folder: Path) -> None:
    with pytest.raises(Failure, match=r"environment for 'c', but no file defines that family\. .* defines a, b\."):
        read_definitions(folder, {"a": {}, "c": {}})


def test_a_folder_without_definitions_is_named(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(Failure, match=f"{folder} has no task definitions"):
            read_definitions(folder, {})
