"""The task definitions of `orchestration/containers/` as this stack runs them: image tag, addresses, volumes, hardening."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from paceline_local.compose.settings import Settings
from paceline_local.ecs.definitions_folder import read_definitions

# Where each volume is mounted, and whether a container may write to it; by the definition's name without `paceline-`.
_VOLUMES = {
    "extract": {"tokens": ("/tokens", True), "aws": ("/aws", False)},
    "load": {"aws": ("/aws", False), "ca": ("/ca", False)},
    "transformation": {"ca": ("/ca", False)},
}
_TMPFS = {"containerPath": "/tmp", "size": 1024}  # noqa: S108 in the container


def local_definitions(folder: Path, settings: Settings, sandbox: str) -> list[dict[str, Any]]:
    """`sandbox` is the address of the simulated Strava."""
    return [_local(definition, settings, sandbox) for definition in read_definitions(folder, {})]


def _local(definition: Mapping[str, Any], settings: Settings, sandbox: str) -> dict[str, Any]:
    """The volumes are Docker's own, which outlive a task; ECS has such on its own hosts, but not on Fargate."""
    kind = str(definition["family"]).removeprefix("paceline-").partition("-")[0]
    volumes = _VOLUMES[kind]
    names = {volume: f"{settings.project}_{volume}" for volume in volumes}
    mounts = [
        {"sourceVolume": names[volume], "containerPath": path, "readOnly": not writable}
        for volume, (path, writable) in volumes.items()
    ]
    variables = _variables(kind, settings, sandbox)
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


def _variables(kind: str, settings: Settings, sandbox: str) -> dict[str, str]:
    if kind == "transformation":
        return {}
    aws = {
        "AWS_REGION": settings.aws.region,
        "AWS_SHARED_CREDENTIALS_FILE": "/aws/credentials",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    endpoint = {"AWS_ENDPOINT_URL_S3": settings.aws.endpoint} if settings.aws.endpoint else {}
    strava = {}
    if kind == "extract" and settings.strava is None:
        strava = {"PACELINE_STRAVA_API_URL": f"{sandbox}/api/v3", "PACELINE_STRAVA_OAUTH_URL": f"{sandbox}/oauth"}
    return {**aws, **endpoint, **strava}


def _merged(own: Iterable[Mapping[str, str]], variables: Mapping[str, str]) -> list[dict[str, str]]:
    kept = [dict(variable) for variable in own if variable["name"] not in variables]
    return [*kept, *({"name": name, "value": value} for name, value in variables.items())]
