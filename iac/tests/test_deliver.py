"""`iac/scripts/deliver`, with a registry and task definitions in a simulated AWS and a Docker that only pretends."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import boto3
import pytest
from fake_docker import REVISION, build, pretend_docker
from paceline_aws.deliver import deliver, main
from paceline_local.failure import Failure
from terraform import REGION

FAMILIES = {"extract-strava": "extract", "extract-club": "extract", "load": "load", "transformation": "transformation"}


@pytest.fixture
def docker(tmp_path: Path, moto: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder with the images of this machine's Docker, which talks to the same AWS as the code under test."""
    folder = pretend_docker(tmp_path)
    settings = {"AWS_ENDPOINT_URL": moto, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    settings |= {"AWS_DEFAULT_REGION": REGION, "FAKE_DOCKER": str(folder), "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}"}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    build(folder, REVISION)
    return folder


@pytest.fixture
def outputs(docker: Path) -> dict[str, Any]:
    """An environment as Terraform leaves it: empty repositories, and families that run a placeholder."""
    ecr, ecs = boto3.client("ecr"), boto3.client("ecs")
    urls = {}
    for image in ("extract", "load", "transformation"):
        repository = ecr.create_repository(repositoryName=f"paceline-qa/{image}", imageTagMutability="IMMUTABLE")
        urls[image] = repository["repository"]["repositoryUri"]
    for family, image in FAMILIES.items():
        ecs.register_task_definition(
            family=f"paceline-qa-{family}",
            cpu="256",
            memory="512",
            networkMode="awsvpc",
            requiresCompatibilities=["FARGATE"],
            runtimePlatform={"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"},
            containerDefinitions=[{"name": image, "image": "placeholder", "environment": [{"name": "A", "value": "1"}]}],
            tags=[{"key": "project", "value": "paceline"}],
        )
    families = {name: f"paceline-qa-{name}" for name in FAMILIES}
    return {"deployment": {"region": REGION, "families": families}, "repository_urls": urls}


def test_each_definition_runs_its_image_by_digest_and_keeps_all_else(outputs: dict[str, Any]) -> None:
    before = newest()
    deliver(outputs, ["extract", "load", "transformation"])
    after = newest()
    for family, image in FAMILIES.items():
        (old,), (new,) = (definitions[family].pop("containerDefinitions") for definitions in (before, after))
        digest = boto3.client("ecr").describe_images(repositoryName=f"paceline-qa/{image}")["imageDetails"][0]["imageDigest"]
        assert new == {**old, "image": f"{outputs['repository_urls'][image]}@{digest}"}
        assert (before[family].pop("revision"), after[family].pop("revision")) == (1, 2)
        arns = [definitions[family].pop("taskDefinitionArn") for definitions in (before, after)]
        assert len({*arns}) == 2
        assert without_times(after[family]) == without_times(before[family])


def test_a_second_time_changes_nothing(outputs: dict[str, Any], docker: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deliver(outputs, ["load"])
    first, calls = newest(), pushes(docker)
    deliver(outputs, ["load"])
    assert newest() == first
    assert pushes(docker) == calls == 1
    assert "paceline-qa-load:2 runs it already" in capsys.readouterr().out


def test_another_build_of_the_same_commit_has_a_tag_of_its_own(outputs: dict[str, Any], docker: Path) -> None:
    deliver(outputs, ["load"])
    build(docker, f"{REVISION}-dirty", digit="b")
    deliver(outputs, ["load"])
    images = boto3.client("ecr").describe_images(repositoryName="paceline-qa/load")["imageDetails"]
    tags = sorted(tag for image in images for tag in image["imageTags"])
    assert tags == ["0123456789ab-aaaaaaaaaaaa", "0123456789ab-dirty-bbbbbbbbbbbb"]
    assert newest()["load"]["revision"] == 3
    assert newest()["extract-strava"]["revision"] == 1


def test_a_push_that_fails_leaves_what_runs(outputs: dict[str, Any], docker: Path) -> None:
    (docker / "refuse").touch()
    with pytest.raises(Failure, match=r"could not push .*paceline-qa/extract.*: denied: Your authorization token has expired"):
        deliver(outputs, ["extract", "load"])
    assert {definition["revision"] for definition in newest().values()} == {1}


def test_an_image_for_another_processor_is_refused_before_it_is_pushed(outputs: dict[str, Any], docker: Path) -> None:
    build(docker, REVISION, architecture="amd64")
    with pytest.raises(Failure, match="paceline/load:dev is built for X86_64, but paceline-qa-load runs on ARM64"):
        deliver(outputs, ["load"])
    assert pushes(docker) == 0


def test_an_image_that_was_not_built_is_named(outputs: dict[str, Any], docker: Path) -> None:
    (docker / "images.json").write_text("{}")
    with pytest.raises(Failure, match="Docker has no image paceline/load:dev") as failure:
        deliver(outputs, ["load"])
    assert "make images" in str(failure.value)


def test_the_registrys_password_is_in_no_argument(outputs: dict[str, Any], docker: Path) -> None:
    deliver(outputs, ["load"])
    password = (docker / "stdin").read_text()
    assert len(password) > 3
    assert password not in (docker / "calls").read_text()


def test_without_an_environment_it_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 64
    assert "Usage: iac/scripts/deliver ENVIRONMENT" in capsys.readouterr().out
    with pytest.raises(Failure, match="There is no image 'dbt'"):
        main(["qa", "dbt"])


def pushes(docker: Path) -> int:
    return sum('"push"' in line for line in (docker / "calls").read_text().splitlines())


def newest() -> dict[str, dict[str, Any]]:
    ecs = boto3.client("ecs")
    described = {name: ecs.describe_task_definition(taskDefinition=f"paceline-qa-{name}", include=["TAGS"]) for name in FAMILIES}
    return {name: {**one["taskDefinition"], "tags": one["tags"]} for name, one in described.items()}


def without_times(definition: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in definition.items() if name not in ("registeredAt", "deregisteredAt")}
