"""The deployments that tests plan and apply: one for each way to choose."""

from typing import Any

_COMMON: dict[str, Any] = {"region": "eu-west-1", "alarm_email": "ops@example.com"}

CHOICES: dict[str, dict[str, Any]] = {
    "household": {"egress": "public_ip", "warehouse": "existing", "orchestrator": "scheduler"},
    "team": {"egress": "public_ip", "warehouse": "rds", "orchestrator": "scheduler"},
    "company": {"egress": "nat", "warehouse": "rds", "orchestrator": "mwaa", "monthly_budget_usd": 600},
    "own Airflow": {"egress": "nat", "warehouse": "existing", "orchestrator": "none"},
}


def variables(choice: str) -> dict[str, Any]:
    return {**_COMMON, **CHOICES[choice]}
