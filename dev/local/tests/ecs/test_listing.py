"""ListTasks: what runs, and what an operator whose worker died finds again."""

from typing import Any

import pytest

from .world import World, definition

WAITS = "exec sleep 60"


@pytest.fixture
def tasks(world: World) -> dict[str, str]:
    """Tasks of two families, two clusters and two operators; one has ended."""
    world.endpoint.register(definition("other", command=[WAITS]))
    begun = {
        "ann's": world.begin(WAITS, startedBy="ann"),
        "ben's": world.begin(WAITS, startedBy="ben", launchType="FARGATE"),
        "other": world.begin(family="other", startedBy="ann"),
        "elsewhere": world.begin(WAITS, startedBy="ann", cluster="elsewhere"),
        "ended": world.begin("true", startedBy="ann"),
    }
    world.end_of(begun["ended"])
    return begun


@pytest.mark.parametrize(
    ("request_", "names"),
    [
        ({}, ["ann's", "ben's", "other"]),
        ({"cluster": "default"}, ["ann's", "ben's", "other"]),
        ({"cluster": "arn:aws:ecs:eu-west-1:000000000000:cluster/elsewhere"}, ["elsewhere"]),
        ({"cluster": "unheard-of"}, []),
        ({"startedBy": "ann"}, ["ann's", "other"]),
        ({"startedBy": "ann", "desiredStatus": "RUNNING"}, ["ann's", "other"]),
        ({"startedBy": "ann", "desiredStatus": "STOPPED"}, ["ended"]),
        ({"startedBy": "nobody"}, []),
        ({"family": "other"}, ["other"]),
        ({"launchType": "FARGATE"}, ["ben's"]),
        ({"desiredStatus": "STOPPED"}, ["ended"]),
        ({"desiredStatus": "PENDING"}, []),
    ],
)
def test_tasks_are_found_by_the_fields_of_their_request(
    world: World, tasks: dict[str, str], request_: dict[str, Any], names: list[str]
) -> None:
    assert world.ecs.list_tasks(**request_)["taskArns"] == [tasks[name] for name in names]


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ({"startedBy": "ann", "family": "other"}, "cannot specify startedBy with other arguments"),
        ({"maxResults": 1}, "The local ECS endpoint does not support maxResults."),
        ({"nextToken": "x"}, "The local ECS endpoint does not support nextToken."),
        ({"desiredStatus": "BUSY"}, "desiredStatus should be one of RUNNING, PENDING, STOPPED, not BUSY."),
        ({"serviceName": "x"}, "The local ECS endpoint does not support serviceName."),
    ],
)
def test_what_cannot_be_listed_is_refused(world: World, request_: dict[str, Any], message: str) -> None:
    with pytest.raises(world.ecs.exceptions.InvalidParameterException) as refused:
        world.ecs.list_tasks(**request_)
    assert refused.value.response["Error"]["Message"] == message
