"""What ECS refuses is refused here, with the codes that boto3 knows and, where known, with ECS's own messages."""

import json
import re
from typing import Any

import pytest
from paceline_local.failure import CONFIGURATION, Failure

from .world import LOG, World, definition

VPC = {"awsvpcConfiguration": {"subnets": ["subnet-1"]}}


def overrides(name: str = "main", **fields: Any) -> dict[str, Any]:
    return {"containerOverrides": [{"name": name, **fields}]}


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ({"overrides": overrides("mian")}, "Override for container named mian is not a container in the TaskDefinition."),
        ({"startedBy": "x" * 129}, "startedBy longer than 128."),
        ({"count": 11}, "count should be between 1 and 10, not 11."),
        ({"networkConfiguration": VPC}, "Network Configuration is not valid for the given networkMode of this task definition."),
        (
            {"launchType": "FARGATE", "capacityProviderStrategy": [{"capacityProvider": "FARGATE"}]},
            "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
        ),
        ({"launchType": "LAPTOP"}, "launchType should be one of EC2, FARGATE, EXTERNAL, MANAGED_INSTANCES, not LAPTOP."),
        ({"enableExecuteCommand": True}, "The local ECS endpoint does not support enableExecuteCommand."),
        ({"propagateTags": "TASK_DEFINITION"}, "The local ECS endpoint does not support propagateTags."),
        (
            {"overrides": overrides(environmentFiles=[{"value": "arn:aws:s3:::b/k", "type": "s3"}])},
            "The local ECS endpoint does not support environmentFiles, which container main uses.",
        ),
    ],
)
def test_a_run_that_ecs_would_refuse_is_refused(untouched_world: World, request_: dict[str, Any], message: str) -> None:
    with pytest.raises(untouched_world.ecs.exceptions.InvalidParameterException) as refused:
        untouched_world.ecs.run_task(taskDefinition="shell", **request_)
    assert refused.value.response["Error"]["Message"] == message


def test_overrides_of_8192_characters_are_accepted_and_one_more_is_refused(world: World) -> None:
    def of_length(length: int) -> dict[str, Any]:
        empty = len(json.dumps(overrides(command=[""]), separators=(",", ":")))
        return overrides(command=["#" * (length - empty)])

    assert world.run(overrides=of_length(8192))["stopCode"] == "EssentialContainerExited"
    with pytest.raises(world.ecs.exceptions.InvalidParameterException, match="Container Overrides length must be at most 8192"):
        world.begin(overrides=of_length(8193))


def test_awsvpc_requires_a_network_with_subnets(world: World) -> None:
    world.ecs.register_task_definition(**definition("vpc", command=["true"]), networkMode="awsvpc")
    with pytest.raises(world.ecs.exceptions.InvalidParameterException, match="Network Configuration must be provided"):
        world.begin(family="vpc")
    with pytest.raises(world.ecs.exceptions.InvalidParameterException, match="subnets can not be empty"):
        world.begin(family="vpc", networkConfiguration={"awsvpcConfiguration": {"subnets": []}})
    assert world.run(family="vpc", networkConfiguration=VPC)["stopCode"] == "EssentialContainerExited"


@pytest.mark.parametrize(
    "unknown", ["nobody", "shell:2", "shell:0", "shell:latest", "arn:aws:ecs:eu-west-1:1:task-definition/nobody:1"]
)
def test_an_unknown_definition_is_refused(untouched_world: World, unknown: str) -> None:
    with pytest.raises(untouched_world.ecs.exceptions.ClientException, match=r"TaskDefinition not found\."):
        untouched_world.begin(family=unknown)
    with pytest.raises(untouched_world.ecs.exceptions.ClientException, match=r"Unable to describe task definition\."):
        untouched_world.ecs.describe_task_definition(taskDefinition=unknown)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (definition(""), "Family should not be null or empty."),
        (definition("a b"), "Family contains invalid characters."),
        ({"family": "x", "containerDefinitions": []}, "Container list cannot be empty."),
        (definition(name=""), "Container.name should not be null or empty."),
        (definition(name="a/b"), "Container.name contains invalid characters."),
        (definition(image=""), "Container.image should not be null or empty."),
        (definition("x", {"name": "main", "image": "y"}), "Container names should be unique within a task definition."),
        (definition(essential=False), "At least one container of a task definition should be essential."),
        (definition(stopTimeout=121), "stopTimeout must be between 0 and 120 seconds, not 121."),
        (
            definition(logConfiguration={"logDriver": "splunk"}),
            "The local ECS endpoint supports the log driver awslogs, not splunk.",
        ),
        (
            definition(logConfiguration={"logDriver": "awslogs", "options": {"awslogs-group": "g"}}),
            "Log driver awslogs requires options: awslogs-stream-prefix",
        ),
        (definition(environment=[{"name": "", "value": "x"}]), "Each name in environment should not be null or empty."),
        (definition(secrets=[{"name": "A", "valueFrom": ""}]), "The valueFrom of the secret 'A' should not be null or empty."),
        (
            definition(environment=[{"name": "A", "value": "x"}], secrets=[{"name": "A", "valueFrom": "/a"}]),
            "The secret name must be unique and not shared with any new or existing environment variables set on the container,"
            " such as 'A'.",
        ),
        (
            definition(dependsOn=[{"containerName": "other", "condition": "SUCCESS"}]),
            "The local ECS endpoint does not support dependsOn, which container main uses.",
        ),
        (definition(mountPoints=[{"sourceVolume": "data", "containerPath": "/data"}]), "Unknown volume 'data'."),
        ({**definition(), "volumes": [{"host": {}}]}, "Volume name should not be null or empty."),
        (
            {**definition(mountPoints=[{"sourceVolume": "data"}]), "volumes": [{"name": "data"}]},
            "The mount point of volume 'data' has no containerPath.",
        ),
        (
            definition(linuxParameters={"tmpfs": [{"containerPath": "/tmp", "size": 0}]}),
            "A tmpfs needs a containerPath and a size in MiB.",
        ),
        (
            definition(restartPolicy={"enabled": True}),
            "The local ECS endpoint does not support restartPolicy, which container main uses.",
        ),
    ],
)
def test_a_definition_that_cannot_run_as_written_is_refused(untouched_world: World, fields: dict[str, Any], message: str) -> None:
    with pytest.raises(untouched_world.ecs.exceptions.ClientException) as refused:
        untouched_world.ecs.register_task_definition(**fields)
    assert refused.value.response["Error"]["Message"] == message
    with pytest.raises(Failure, match=re.escape(message)) as failed:
        untouched_world.endpoint.register(fields)
    assert failed.value.exit_code == CONFIGURATION


def test_an_unknown_task_is_reported_as_missing(world: World) -> None:
    arn = world.begin("exec sleep 60", cluster="one")
    with pytest.raises(world.ecs.exceptions.InvalidParameterException, match=r"The referenced task was not found\."):
        world.ecs.stop_task(cluster="two", task=arn)
    response = world.ecs.describe_tasks(cluster="two", tasks=[arn, "f" * 32])
    missing = f"arn:aws:ecs:eu-west-1:000000000000:task/two/{'f' * 32}"
    assert response["tasks"] == []
    assert response["failures"] == [{"arn": arn, "reason": "MISSING"}, {"arn": missing, "reason": "MISSING"}]
    with pytest.raises(world.ecs.exceptions.InvalidParameterException, match=r"Tasks cannot be empty\."):
        world.ecs.describe_tasks(tasks=[])
    with pytest.raises(world.ecs.exceptions.InvalidParameterException, match="at most 100"):
        world.ecs.describe_tasks(tasks=["f" * 32] * 101)


def test_settings_without_effect_here_are_accepted(world: World) -> None:
    world.ecs.register_task_definition(
        **definition(
            "hardened", command=["true"], readonlyRootFilesystem=True, user="1000", logConfiguration=LOG | {"secretOptions": []}
        )
    )
    assert world.run(family="hardened")["stopCode"] == "EssentialContainerExited"
