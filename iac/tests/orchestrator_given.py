"""What the orchestrator's module is given in tests: the names of one deployment."""

import json
from typing import Any

from terraform import ACCOUNT, REGION

NAME = "paceline-qa"
LAKE = f"s3://{NAME}-lake-{ACCOUNT}-{REGION}"
DEFINITIONS = ("extract-strava", "load", "transformation")
ROLE_ARNS = {
    kind: {name: f"arn:aws:iam::{ACCOUNT}:role/{NAME}-{name}-{kind}" for name in DEFINITIONS} for kind in ("execution", "task")
}
LOG_GROUP_ARN = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/{NAME}"


def given(kind: str, **changed: Any) -> dict[str, Any]:
    """The variables of the module."""
    return {
        "kind": kind,
        "name": NAME,
        "account_id": ACCOUNT,
        "region": REGION,
        "vpc_id": "vpc-1",
        "private_subnet_ids": ["subnet-a", "subnet-b"],
        "task_subnet_ids": ["subnet-a", "subnet-b"],
        "task_security_group_id": "sg-tasks",
        "egress": "nat",
        "assign_public_ip": False,
        "capacity_providers": [{"provider": "FARGATE_SPOT", "weight": 4}, {"provider": "FARGATE", "weight": 1, "base": 1}],
        "cluster": NAME,
        "cluster_arn": f"arn:aws:ecs:{REGION}:{ACCOUNT}:cluster/{NAME}",
        "families": {name: f"{NAME}-{name}" for name in DEFINITIONS},
        "execution_role_arns": ROLE_ARNS["execution"],
        "task_role_arns": ROLE_ARNS["task"],
        "log_group_arn": LOG_GROUP_ARN,
        "deployment": json.dumps({"lake": LAKE}),
        **changed,
    }
