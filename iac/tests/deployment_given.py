"""The deployment of qa as `paceline.json` and Terraform's output have it."""

from typing import Any

REGION = "eu-west-1"
DEPLOYMENT: dict[str, Any] = {
    "region": REGION,
    "cluster": "paceline-qa",
    "capacity_providers": [{"provider": "FARGATE_SPOT", "weight": 1}, {"provider": "FARGATE", "weight": 0, "base": 1}],
    "subnets": ["subnet-1"],
    "security_groups": ["sg-1"],
    "assign_public_ip": True,
    "families": {name: f"paceline-qa-{name}" for name in ("extract-strava", "load", "transformation")},
    "log_group": "/paceline-qa",
    "lake": "s3://paceline-qa-lake",
    "poll_seconds": 0.1,
    "log_seconds": 0.1,
}
