"""The task that a tunnel goes through: started, waited for, and stopped in every ending."""

import math
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from paceline_local.failure import UNAVAILABLE, Failure, ignoring_signals

from paceline_aws.calls import client
from paceline_aws.ecs_task import EcsTask
from paceline_aws.tunnel_deployment import TunnelDeployment

READY_SECONDS = 300.0
_AGENT = "ExecuteCommandAgent"


@dataclass(frozen=True)
class TunnelTask:
    """A task through which a session can go."""

    arn: str
    runtime_id: str

    def target(self, cluster: str) -> str:
        """As Session Manager names it."""
        return f"ecs:{cluster.rpartition('/')[2]}_{self.arn.rpartition('/')[2]}_{self.runtime_id}"


@contextmanager
def tunnel_task(tunnel: TunnelDeployment, hours: float) -> Iterator[TunnelTask]:
    """A task that Session Manager reaches; it is stopped at the end."""
    task = EcsTask(client("ecs", tunnel.deployment.region), tunnel.deployment, tunnel.family, "tunnel")
    try:
        _say(f"Starting the task {tunnel.family} …")
        arn = task.start(_request(tunnel, hours))
        yield TunnelTask(arn, _reachable(task, tunnel))
    finally:
        with ignoring_signals():
            _stop(task)


def _request(tunnel: TunnelDeployment, hours: float) -> dict[str, Any]:
    override = {"name": tunnel.container, "command": ["sleep", str(math.ceil(hours * 3600))]}
    return {"launchType": "FARGATE", "enableExecuteCommand": True, "overrides": {"containerOverrides": [override]}}


def _reachable(task: EcsTask, tunnel: TunnelDeployment) -> str:
    """The container's runtime id, once Session Manager reaches it."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        described = task.described()
        if described.get("lastStatus") in ("DEPROVISIONING", "STOPPING", "STOPPED"):
            reason = described.get("stoppedReason", "ECS gives no reason").rstrip(".")
            log = f"If it wrote a log, that is the stream {task.log_stream(tunnel.container)} of {tunnel.deployment.log_group}."
            raise Failure(f"The tunnel's task ended before it could be used: {reason}.", log, UNAVAILABLE)
        for container in described.get("containers", []):
            agents = {agent["name"]: agent.get("lastStatus") for agent in container.get("managedAgents", [])}
            if container["name"] == tunnel.container and agents.get(_AGENT) == "RUNNING":
                return str(container["runtimeId"])
        time.sleep(tunnel.deployment.poll_seconds)
    raise Failure(
        f"Session Manager did not reach the tunnel's task within {READY_SECONDS:.0f} s.",
        "Check that the tasks' subnets have a way to the internet on port 443.",
        UNAVAILABLE,
    )


def _stop(task: EcsTask) -> None:
    """Its failure must not hide what ended the tunnel."""
    try:
        if done := task.stop("The tunnel was closed"):
            _say(done)
    except Failure as failed:
        _say(f"paceline: {failed} Otherwise it ends by itself.")


def _say(sentence: str) -> None:
    """Standard output is for what the user connects with."""
    print(sentence, file=sys.stderr, flush=True)
