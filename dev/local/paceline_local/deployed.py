"""What a deployment tells containers and DAGs, under the names that it has on AWS: the parameters, and `paceline.json`."""

from collections.abc import Iterable
from typing import Any


def parameters(strava: dict[str, str], warehouse_url: str, warehouse_password: str) -> dict[str, str]:
    """The parameters of SSM; `strava` has `accounts`, `client-id` and `client-secret`."""
    return {
        **{f"/paceline/strava/{name}": strava[name] for name in ("accounts", "client-id", "client-secret")},
        "/paceline/warehouse/url": warehouse_url,
        "/paceline/warehouse/password": warehouse_password,
    }


def deployment(families: Iterable[str], place: str, **own: Any) -> dict[str, Any]:
    """`paceline.json`; `place` names subnets and security groups, which mean nothing on one machine, and `own` is the rest."""
    return {
        "capacity_providers": [{"provider": "FARGATE", "weight": 1, "base": 0}],
        "subnets": [f"subnet-{place}"],
        "security_groups": [f"sg-{place}"],
        "assign_public_ip": False,
        "families": {family.removeprefix("paceline-"): family for family in families},
        "log_group": "/paceline",
        **own,
    }
