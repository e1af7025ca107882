"""ARNs, as ECS builds them. Region and account are made up: nothing here reaches AWS."""

REGION, ACCOUNT = "eu-west-1", "000000000000"
_ECS = f"arn:aws:ecs:{REGION}:{ACCOUNT}"


def definition_arn(family: str, revision: int) -> str:
    return f"{_ECS}:task-definition/{family}:{revision}"


def cluster_arn(cluster: str) -> str:
    return f"{_ECS}:cluster/{cluster}"


def task_arn(cluster: str, task_id: str) -> str:
    return f"{_ECS}:task/{cluster}/{task_id}"


def container_arn(cluster: str, task_id: str, container: str) -> str:
    return f"{_ECS}:container/{cluster}/{task_id}/{container}"


def short_name(reference: str) -> str:
    """The name in a reference to a cluster, task or definition, which may be a name or an ARN."""
    return reference.rsplit("/", 1)[-1]


def cluster_name(reference: str | None) -> str:
    """`default` where a request names no cluster, as in ECS."""
    return short_name(reference or "") or "default"
