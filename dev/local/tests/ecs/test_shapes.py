"""Every response and every error has the shape of botocore's model; each client in these tests checks that."""

import json
from typing import Any

import pytest
from paceline_local.waiting import wait_until

from .shapes import check, check_response, operation
from .signing import ECS, LOGS, post, signed
from .world import GROUP, LOG, World, definition


def send(world: World, action: str, body: bytes, service: str = "ecs") -> dict[str, Any]:
    """Sends what boto3 never would, but signed; the response is checked against the shapes as well."""
    headers = signed(world.url, world.key, f"{ECS if service == 'ecs' else LOGS}.{action}", body, service=service)
    status, text = post(world.url, headers, body)
    check_response(operation(service, action), status, text)
    return json.loads(text)


def test_a_full_definition_is_described_as_it_was_registered(world: World) -> None:
    fields = definition(
        "whole",
        {"name": "side", "image": "shell", "essential": False, "command": ["true"]},
        cpu=256,
        entryPoint=["sh", "-c"],
        command=["exit 0"],
        environment=[{"name": "A", "value": "b"}],
        secrets=[{"name": "TOKEN", "valueFrom": "/paceline/token"}],
        stopTimeout=2,
        readonlyRootFilesystem=True,
        linuxParameters={"initProcessEnabled": True},
    )
    fields |= {
        "networkMode": "awsvpc",
        "requiresCompatibilities": ["FARGATE"],
        "runtimePlatform": {"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"},
        "cpu": "256",
        "memory": "512",
    }
    tags = [{"key": "of", "value": "definition"}]
    registered = world.ecs.register_task_definition(**fields, tags=tags)
    shown = registered["taskDefinition"]
    described = world.ecs.describe_task_definition(taskDefinition="whole", include=["TAGS"])
    assert described["taskDefinition"] == shown
    assert described["tags"] == registered["tags"] == tags
    assert shown["taskDefinitionArn"].endswith(":task-definition/whole:1")
    for name, value in fields.items():
        if name != "containerDefinitions":
            assert shown[name] == value
    for container, expected in zip(shown["containerDefinitions"], fields["containerDefinitions"], strict=True):
        assert expected.items() <= container.items()


def test_a_full_task_is_described_from_start_to_end(world: World) -> None:
    world.ecs.register_task_definition(**definition("vpc"), networkMode="awsvpc", cpu="256", memory="512")
    run = world.ecs.run_task(
        cluster="a-cluster",
        taskDefinition="vpc",
        capacityProviderStrategy=[{"capacityProvider": "FARGATE_SPOT", "weight": 1}],
        networkConfiguration={"awsvpcConfiguration": {"subnets": ["subnet-1"], "securityGroups": ["sg-1"]}},
        overrides={"containerOverrides": [{"name": "main", "command": ["read never; exec sleep 60"]}]},
        startedBy="somebody",
        group="a-group",
        tags=[{"key": "b", "value": "2"}],
    )["tasks"][0]
    arn = run["taskArn"]
    assert run["tags"] == [{"key": "b", "value": "2"}]

    def task_now() -> dict[str, Any]:
        return world.ecs.describe_tasks(cluster="a-cluster", tasks=[arn], include=["TAGS"])["tasks"][0]

    wait_until(lambda: task_now()["lastStatus"] == "RUNNING", "The task did not start", "")
    task = task_now()
    assert (task["startedBy"], task["group"], task["cpu"], task["tags"]) == ("somebody", "a-group", "256", run["tags"])
    assert (task["launchType"], task["capacityProviderName"]) == ("FARGATE", "FARGATE_SPOT")
    assert task["clusterArn"].endswith(":cluster/a-cluster")
    assert world.ecs.list_tasks(cluster="a-cluster")["taskArns"] == [arn]
    stopped = world.ecs.stop_task(cluster="a-cluster", task=arn, reason="enough")["task"]
    assert (stopped["desiredStatus"], stopped["stopCode"], stopped["stoppedReason"]) == ("STOPPED", "UserInitiated", "enough")
    world.ecs.get_waiter("tasks_stopped").wait(cluster="a-cluster", tasks=[arn], WaiterConfig={"Delay": 1})
    ended = task_now()
    times = [ended[name] for name in ("createdAt", "startedAt", "stoppingAt", "executionStoppedAt", "stoppedAt")]
    assert times == sorted(times)
    assert ended["version"] > task["version"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b'{"a": NaN}', b"[" * 100_000, b'{"a": 1} {}'])
@pytest.mark.parametrize(("service", "action"), [("ecs", "RunTask"), ("logs", "GetLogEvents")])
def test_a_body_that_is_not_a_request_is_refused(untouched_world: World, service: str, action: str, body: bytes) -> None:
    error = send(untouched_world, action, body, service)
    expected = "SerializationException" if body else "InvalidParameterException"
    assert error["__type"] == expected


@pytest.mark.parametrize(
    ("action", "body", "message"),
    [
        ("RunTask", {"taskDefinition": 3}, "taskDefinition must be a string"),
        ("RunTask", {"taskDefinition": "shell", "count": True}, "count must be a whole number"),
        ("RunTask", {"taskDefinition": "shell", "overrides": []}, "overrides must be an object"),
        (
            "RunTask",
            {"taskDefinition": "shell", "overrides": {"containerOverrides": [{"name": "main", "command": [1]}]}},
            "overrides.containerOverrides[0].command[0] must be a string",
        ),
        ("DescribeTasks", {"tasks": "x"}, "tasks must be a list"),
        ("RegisterTaskDefinition", {"family": "x", "containerDefinitions": [7]}, "containerDefinitions[0] must be an object"),
        (
            "RegisterTaskDefinition",
            {"family": "x", "containerDefinitions": [{"name": "a", "image": "b", "essential": "no"}]},
            "containerDefinitions[0].essential must be true or false",
        ),
    ],
)
def test_a_field_of_the_wrong_type_is_named(untouched_world: World, action: str, body: dict[str, Any], message: str) -> None:
    error = send(untouched_world, action, json.dumps(body).encode())
    assert (error["__type"], error["message"]) == ("SerializationException", f"{message}.")


@pytest.mark.parametrize(
    ("service", "action"),
    [
        ("ecs", "RegisterTaskDefinition"),
        ("ecs", "DescribeTaskDefinition"),
        ("ecs", "RunTask"),
        ("ecs", "DescribeTasks"),
        ("ecs", "StopTask"),
        ("logs", "GetLogEvents"),
    ],
)
def test_a_request_without_its_required_fields_is_refused(untouched_world: World, service: str, action: str) -> None:
    assert send(untouched_world, action, b"{}", service)["__type"] in ("ClientException", "InvalidParameterException")


def test_null_fields_count_as_absent(untouched_world: World) -> None:
    names = ("cluster", "startedBy", "family", "desiredStatus", "maxResults", "nextToken")
    assert send(untouched_world, "ListTasks", json.dumps(dict.fromkeys(names)).encode()) == {"taskArns": []}


def test_an_unsupported_action_is_an_unknown_operation(untouched_world: World) -> None:
    error = send(untouched_world, "CreateCluster", b"{}")
    assert error["__type"] == "UnknownOperationException"
    assert "it supports DescribeTaskDefinition, DescribeTasks, GetLogEvents, ListTasks" in error["message"]


def test_a_bug_of_the_endpoint_is_a_server_exception_with_a_stack_trace_in_its_log(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(world.endpoint._protocol._actions, f"{ECS}.ListTasks", lambda _: {}["a bug"])
    with pytest.raises(world.ecs.exceptions.ServerException) as failed:
        world.ecs.list_tasks()
    assert failed.value.response["ResponseMetadata"]["HTTPStatusCode"] == 500
    assert "KeyError: 'a bug'" in caplog.text


def test_the_check_itself_detects_wrong_shapes() -> None:
    """Otherwise these tests would prove nothing."""
    shape = operation("ecs", "DescribeTasks").output_shape
    for wrong, message in (
        ({"tasks": [{"taskArm": "x"}]}, "has no"),
        ({"tasks": [{"lastStatus": 3}]}, "is a string"),
        ({"tasks": [{"launchType": "LAPTOP"}]}, "is one of"),
        ({"tasks": [{"version": True}]}, "is a long"),
        ({"tasks": [{"createdAt": "now"}]}, "is a timestamp"),
        ({"tasks": [{"trustedExecutionSummary": {}}]}, "lacks"),
    ):
        with pytest.raises(AssertionError, match=message):
            check(shape, wrong, "DescribeTasks")
    with pytest.raises(AssertionError, match="has no error KeyError"):
        check_response(operation("ecs", "RunTask"), 400, b'{"__type": "KeyError", "message": "x"}')


def test_each_client_checks_its_responses(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(world.endpoint._protocol._actions, f"{ECS}.ListTasks", lambda _: {"taskArns": "x"})
    with pytest.raises(AssertionError, match=r"ListTasks\.taskArns is a list"):
        world.ecs.list_tasks()


def test_a_log_event_has_both_timestamps(world: World) -> None:
    arn = world.run("echo x")["taskArn"]
    name = f"{LOG['options']['awslogs-stream-prefix']}/main/{arn.rsplit('/', 1)[-1]}"
    event = world.cloudwatch.get_log_events(logGroupName=GROUP, logStreamName=name)["events"][0]
    assert event.keys() == {"timestamp", "ingestionTime", "message"}
