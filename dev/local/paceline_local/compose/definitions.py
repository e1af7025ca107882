"""The task definitions of `orchestration/containers/` as this stack runs them: image tag, addresses, volumes, hardening."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from paceline_local.compose.settings import Settings
from paceline_local.ecs.definitions_folder import read_definitions

# The volume and the file with the CA of the stack's own Postgres, and with the one that dev/.env may name for a real warehouse.
OWN_CA, GIVEN_CA = ("ca", "/ca/ca.pem"), ("deployment", "/deployment/warehouse-ca.pem")
_TMPFS = {"containerPath": "/tmp", "size": 1024}  # noqa: S108 in the container


def local_definitions(
    folder: Path, settings: Settings, sandbox: str, ca: tuple[str, str] | None = OWN_CA
) -> list[dict[str, Any]]:
    """`sandbox` is the address of the simulated Strava; `ca` is None if the warehouse's CA is one that the images trust."""
    return [_local(definition, settings, sandbox, ca) for definition in read_definitions(folder, {})]


def _local(definition: Mapping[str, Any], settings: Settings, sandbox: str, ca: tuple[str, str] | None) -> dict[str, Any]:
    """The volumes are Docker's own, which outlive a task; ECS has such on its own hosts, but not on Fargate."""
    kind = str(definition["family"]).removeprefix("paceline-").partition("-")[0]
    volumes = _volumes(kind, ca)
    names = {volume: f"{settings.project}_{volume}" for volume in volumes}
    mounts = [
        {"sourceVolume": names[volume], "containerPath": path, "readOnly": not writable}
        for volume, (path, writable) in volumes.items()
    ]
    variables = _variables(kind, settings, sandbox, ca)
    return {
        **definition,
        "volumes": [{"name": name, "dockerVolumeConfiguration": {"scope": "shared"}} for name in names.values()],
        "containerDefinitions": [
            {
                **container,
                "image": f"{container['image']}:{settings.tag}",
                "environment": _merged(container.get("environment", []), variables),
                "mountPoints": mounts,
                "readonlyRootFilesystem": True,
                "linuxParameters": {"tmpfs": [_TMPFS]},
            }
            for container in definition["containerDefinitions"]
        ],
    }


def _volumes(kind: str, ca: tuple[str, str] | None) -> dict[str, tuple[str, bool]]:
    """Where each volume is mounted, and whether a container may write to it."""
    if kind == "extract":
        return {"tokens": ("/tokens", True), "aws": ("/aws", False)}
    of_ca = {ca[0]: (str(Path(ca[1]).parent), False)} if ca else {}
    return of_ca if kind == "transformation" else {"aws": ("/aws", False), **of_ca}


def _variables(kind: str, settings: Settings, sandbox: str, ca: tuple[str, str] | None) -> dict[str, str]:
    aws = {
        "AWS_REGION": settings.aws.region,
        "AWS_SHARED_CREDENTIALS_FILE": "/aws/credentials",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    endpoint = {"AWS_ENDPOINT_URL_S3": settings.aws.endpoint} if settings.aws.endpoint else {}
    strava = {"PACELINE_STRAVA_API_URL": f"{sandbox}/api/v3", "PACELINE_STRAVA_OAUTH_URL": f"{sandbox}/oauth"}
    unverified = {"PACELINE_WAREHOUSE_UNVERIFIED": "true"} if settings.warehouse_unverified else {}
    warehouse = {**({"PACELINE_WAREHOUSE_CA": ca[1]} if ca else {}), **unverified}
    match kind:
        case "extract":
            return {**aws, **endpoint, "PACELINE_TOKENS": settings.tokens, **(strava if settings.strava is None else {})}
        case "load":
            return {**aws, **endpoint, **warehouse}
        case _:
            return warehouse


def _merged(own: Iterable[Mapping[str, str]], variables: Mapping[str, str]) -> list[dict[str, str]]:
    kept = [dict(variable) for variable in own if variable["name"] not in variables]
    return [*kept, *({"name": name, "value": value} for name, value in variables.items())]
