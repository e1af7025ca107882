"""A container that Docker does not remove because of a conflict, such as somebody else's removal of it. Without a daemon."""

from typing import Any

import pytest
from docker.errors import APIError, NotFound
from paceline_local.ecs.docker_runner import _DockerContainer
from requests import Response
from requests.exceptions import ReadTimeout


class Conflicting:
    """Docker's answers to a removal and to a wait for it."""

    def __init__(self, ends: Exception | None) -> None:
        self.ends = ends
        self.timeouts: list[float | None] = []

    def remove(self, **_options: Any) -> None:
        response = Response()
        response.status_code = 409
        raise APIError("conflict", response=response)

    def wait(self, timeout: float | None = None, **_condition: Any) -> dict[str, int]:
        self.timeouts.append(timeout)
        if self.ends:
            raise self.ends
        return {"StatusCode": 137}


@pytest.mark.parametrize("ends", [None, NotFound("gone")])
def test_a_removal_by_somebody_else_is_waited_for(ends: Exception | None) -> None:
    container = Conflicting(ends)
    _DockerContainer(container).remove()  # type: ignore[arg-type]
    assert container.timeouts != [None]


def test_a_conflict_that_does_not_pass_is_an_error() -> None:
    with pytest.raises(APIError, match="409"):
        _DockerContainer(Conflicting(ReadTimeout())).remove()  # type: ignore[arg-type]
