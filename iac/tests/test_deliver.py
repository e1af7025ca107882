"""`iac/scripts/deliver`, with a registry and task definitions in a simulated AWS and a Docker that only pretends."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import boto3
import pytest
from deployment_given import DEPLOYMENT
from fake_docker import REVISION, build, pretend_docker
from paceline_aws.deliver import deliver, main
from paceline_local.failure import UNAVAILABLE, USAGE, Failure
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
    return {"deployment": {**DEPLOYMENT, "families": families}, "repository_urls": urls}


def test_each_definition_runs_its_image_by_digest_and_keeps_all_else(outputs: dict[str, Any]) -> None:
    before = newest()
    deliver(outputs, ["extract", "load", "transformation"], "qa")
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
    deliver(outputs, ["load"], "qa")
    first, calls = newest(), pushes(docker)
    deliver(outputs, ["load"], "qa")
    assert newest() == first
    assert pushes(docker) == calls == 1
    assert "paceline-qa-load:2 runs it already" in capsys.readouterr().out


def test_another_build_of_the_same_commit_has_a_tag_of_its_own(outputs: dict[str, Any], docker: Path) -> None:
    deliver(outputs, ["load"], "qa")
    build(docker, f"{REVISION}-dirty", digit="b")
    deliver(outputs, ["load"], "qa")
    images = boto3.client("ecr").describe_images(repositoryName="paceline-qa/load")["imageDetails"]
    tags = sorted(tag for image in images for tag in image["imageTags"])
    assert tags == ["0123456789ab-aaaaaaaaaaaa", "0123456789ab-dirty-bbbbbbbbbbbb"]
    assert newest()["load"]["revision"] == 3
    assert newest()["extract-strava"]["revision"] == 1


def test_a_push_that_fails_leaves_what_runs(outputs: dict[str, Any], docker: Path) -> None:
    (docker / "refuse").touch()
    with pytest.raises(Failure, match=r"could not push .*paceline-qa/extract.*: denied: Your authorization token has expired"):
        deliver(outputs, ["extract", "load"], "qa")
    assert {definition["revision"] for definition in newest().values()} == {1}


def test_an_image_for_another_processor_is_refused_before_it_is_pushed(outputs: dict[str, Any], docker: Path) -> None:
    build(docker, REVISION, architecture="amd64")
    with pytest.raises(Failure, match="paceline/load:dev is built for X86_64, but paceline-qa-load runs on ARM64"):
        deliver(outputs, ["load"], "qa")
    assert pushes(docker) == 0


def test_an_image_that_was_not_built_is_named(outputs: dict[str, Any], docker: Path) -> None:
    (docker / "images.json").write_text("{}")
    with pytest.raises(Failure, match=r"Docker has no image paceline/load:dev: .* Build it with `make images`\."):
        deliver(outputs, ["load"], "qa")


def test_an_engine_that_does_not_run_is_not_taken_for_a_missing_image(outputs: dict[str, Any], docker: Path) -> None:
    (docker / "stopped").touch()
    said = r"Docker's engine does not respond: Cannot connect to the Docker daemon\. Start the Docker engine"
    with pytest.raises(Failure, match=said) as failure:
        deliver(outputs, ["load"], "qa")
    assert failure.value.exit_code == UNAVAILABLE


def test_an_output_that_is_no_deployment_is_a_failure(outputs: dict[str, Any]) -> None:
    with pytest.raises(Failure, match="The output `deployment` of qa is not a JSON object"):
        deliver({**outputs, "deployment": "paceline"}, ["load"], "qa")


def test_the_registrys_password_is_in_no_argument(outputs: dict[str, Any], docker: Path) -> None:
    deliver(outputs, ["load"], "qa")
    password = (docker / "stdin").read_text()
    assert len(password) > 3
    assert password not in (docker / "calls").read_text()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "The following arguments are required: environment. `iac/scripts/deliver --help` says more."),
        (["qa", "dbt"], "there is no image 'dbt': choose from extract, load, transformation"),
        (["qa", "--all"], "Unrecognized arguments: --all."),
        (["nowhere"], "There is no environment 'nowhere'."),
    ],
)
def test_a_wrong_command_line_says_what_is_wrong(words: list[str], sentence: str) -> None:
    with pytest.raises(Failure) as refused:
        main(words)
    assert (sentence in str(refused.value), refused.value.exit_code) == (True, USAGE), str(refused.value)


def pushes(docker: Path) -> int:
    return sum('"push"' in line for line in (docker / "calls").read_text().splitlines())


def newest() -> dict[str, dict[str, Any]]:
    ecs = boto3.client("ecs")
    described = {name: ecs.describe_task_definition(taskDefinition=f"paceline-qa-{name}", include=["TAGS"]) for name in FAMILIES}
    return {name: {**one["taskDefinition"], "tags": one["tags"]} for name, one in described.items()}


def without_times(definition: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in definition.items() if name not in ("registeredAt", "deregisteredAt")}
