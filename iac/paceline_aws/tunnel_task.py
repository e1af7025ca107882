"""The task that a tunnel goes through: started, waited for, and stopped in every ending."""

import math
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from paceline_local.failure import UNAVAILABLE, Failure, ignoring_signals

from paceline_aws.calls import called, client
from paceline_aws.tunnel_deployment import TunnelDeployment

POLL_SECONDS = 2.0
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
def tunnel_task(deployment: TunnelDeployment, hours: float) -> Iterator[TunnelTask]:
    """A task that Session Manager reaches; it is stopped at the end."""
    ecs = client("ecs", deployment.region)
    started_by = f"tunnel-{uuid.uuid4().hex[:24]}"
    arn = None
    try:
        print(f"Starting the task {deployment.family} …", file=sys.stderr, flush=True)
        arn = called("Starting the tunnel's task", lambda: _run(ecs, deployment, hours, started_by))
        yield _until_reachable(ecs, deployment, arn)
    finally:
        with ignoring_signals():
            _stop(ecs, deployment, arn, started_by)


def _run(ecs: Any, deployment: TunnelDeployment, hours: float, started_by: str) -> str:
    command = ["sleep", str(math.ceil(hours * 3600))]
    network = {
        "subnets": deployment.subnets,
        "securityGroups": deployment.security_groups,
        "assignPublicIp": "ENABLED" if deployment.assign_public_ip else "DISABLED",
    }
    response = ecs.run_task(
        cluster=deployment.cluster,
        taskDefinition=deployment.family,
        launchType="FARGATE",
        enableExecuteCommand=True,
        startedBy=started_by,
        networkConfiguration={"awsvpcConfiguration": network},
        overrides={"containerOverrides": [{"name": deployment.container, "command": command}]},
    )
    if response["failures"] or not response["tasks"]:
        reasons = ", ".join(failure.get("reason", "no reason given") for failure in response["failures"])
        raise Failure(f"ECS did not start the tunnel's task: {reasons or 'it has no capacity'}.", "Try again later.", UNAVAILABLE)
    return str(response["tasks"][0]["taskArn"])


def _until_reachable(ecs: Any, deployment: TunnelDeployment, arn: str) -> TunnelTask:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        task = called("Waiting for the tunnel's task", lambda: _described(ecs, deployment, arn))
        if task.get("lastStatus") in ("DEPROVISIONING", "STOPPING", "STOPPED"):
            reason = task.get("stoppedReason", "no reason given").rstrip(".")
            raise Failure(f"The tunnel's task ended before it could be used: {reason}.", "Its log may say more.", UNAVAILABLE)
        for container in task.get("containers", []):
            agents = {agent["name"]: agent.get("lastStatus") for agent in container.get("managedAgents", [])}
            if container["name"] == deployment.container and agents.get(_AGENT) == "RUNNING":
                return TunnelTask(arn, container["runtimeId"])
        time.sleep(POLL_SECONDS)
    raise Failure(
        f"Session Manager did not reach the tunnel's task within {READY_SECONDS:.0f} s.",
        "Check that the tasks' subnets have a way to the internet on port 443.",
        UNAVAILABLE,
    )


def _described(ecs: Any, deployment: TunnelDeployment, arn: str) -> dict[str, Any]:
    """Empty for the moment in which ECS does not know the new task everywhere."""
    tasks = ecs.describe_tasks(cluster=deployment.cluster, tasks=[arn])["tasks"]
    return tasks[0] if tasks else {}


def _stop(ecs: Any, deployment: TunnelDeployment, arn: str | None, started_by: str) -> None:
    """Of a task whose start was interrupted, only what it was started by is known."""
    try:
        arns = [arn] if arn else ecs.list_tasks(cluster=deployment.cluster, startedBy=started_by)["taskArns"]
        for task in arns:
            ecs.stop_task(cluster=deployment.cluster, task=task, reason="The tunnel was closed")
            print("The tunnel's task is stopped.", file=sys.stderr, flush=True)
    except (BotoCoreError, ClientError) as failed:
        print(
            f"paceline: the tunnel's task could not be stopped ({failed}); it ends by itself. To stop it now:"
            f" aws ecs stop-task --region {deployment.region} --cluster {deployment.cluster} --task {arn or '…'}",
            file=sys.stderr,
        )
