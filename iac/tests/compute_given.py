"""What the module of the task definitions is given in tests: the names of one deployment."""

from typing import Any

from terraform import ACCOUNT, REGION

REGISTRY = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com"
SECRET = f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:rds!db-1-abc"
_IMAGES = ("extract", "load", "transformation")
VARIABLES: dict[str, Any] = {
    "name": "paceline-qa",
    "account_id": ACCOUNT,
    "region": REGION,
    "architecture": "X86_64",
    "repository_urls": {image: f"{REGISTRY}/paceline-qa/{image}" for image in _IMAGES},
    "repository_arns": {image: f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/paceline-qa/{image}" for image in _IMAGES},
    "log_group": "/paceline-qa",
    "log_group_arn": f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/paceline-qa",
    "lake_bucket_arn": "arn:aws:s3:::paceline-qa-lake",
    "environment": {"load": {"PACELINE_WAREHOUSE_UNVERIFIED": "true"}},
    "warehouse": "existing",
}
RDS = {"warehouse": "rds", "warehouse_secret_arn": SECRET}
