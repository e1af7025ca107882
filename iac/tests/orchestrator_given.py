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
        "passed_role_arns": [arn for roles in ROLE_ARNS.values() for arn in roles.values()],
        "webserver_access": "PUBLIC_ONLY",
        "environment_class": "mw1.small",
        "workers": {"min": 1, "max": 2},
        "log_retention_days": 30,
        "schedule": "cron(5 0 * * ? *)",
        "alarm_topic_arn": None,
        "log_group_arn": LOG_GROUP_ARN,
        "deployment": json.dumps({"lake": LAKE}),
        **changed,
    }
