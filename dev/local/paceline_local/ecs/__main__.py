"""`dev/python -m paceline_local.ecs`: serves ECS and CloudWatch Logs until it is stopped, then stops its containers."""

import argparse
import logging
import sys
import threading
from pathlib import Path

from paceline_local.ecs.containers import Runner
from paceline_local.ecs.definitions_folder import read_definitions
from paceline_local.ecs.endpoint import Endpoint
from paceline_local.ecs.images import read_images
from paceline_local.ecs.json_files import read_object, string_map
from paceline_local.ecs.processes import ProcessRunner
from paceline_local.ecs.secrets import Secrets
from paceline_local.ecs.task_events import Ended, Started
from paceline_local.failure import USAGE, Failure, exit_with


def main() -> int:
    chosen = _parser().parse_args()
    logging.basicConfig(format="%(asctime)s %(message)s", level=logging.INFO, stream=sys.stderr)
    definitions = read_definitions(chosen.containers, _environment(chosen.environment))
    endpoint = Endpoint(_runner(chosen), Secrets.read(chosen.secrets), chosen.logs, _log, credentials=chosen.credentials)
    for definition in definitions:
        endpoint.register(definition)
    try:
        url = endpoint.start(chosen.host, chosen.port, chosen.name)
        families = ", ".join(definition["family"] for definition in definitions)
        key = endpoint.client_environment()["AWS_SHARED_CREDENTIALS_FILE"]
        print(f"Serving ECS and CloudWatch Logs on {url}; access key: {key}; task definitions: {families}", flush=True)
        threading.Event().wait()
    finally:
        endpoint.stop()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="paceline_local.ecs", description=__doc__)
    parser.add_argument("--containers", type=Path, required=True, metavar="DIR", help="task definitions, *.json")
    parser.add_argument("--secrets", type=Path, required=True, metavar="FILE", help="JSON: values by parameter name; mode 600")
    parser.add_argument("--logs", type=Path, required=True, metavar="DIR", help="folder for the log file of each container")
    images = parser.add_mutually_exclusive_group(required=True)
    images.add_argument("--images", type=Path, metavar="FILE", help="run processes; JSON: argv, env and cwd by image")
    images.add_argument("--docker", action="store_true", help="run Docker containers")
    parser.add_argument("--network", help="the Docker network of the containers")
    parser.add_argument(
        "--environment", type=Path, metavar="FILE", help="JSON: variables by family, which override the definitions'"
    )
    parser.add_argument(
        "--credentials",
        type=Path,
        metavar="FILE",
        help="file for the access key, which is new at each start: AWS_SHARED_CREDENTIALS_FILE; default: next to LOGS",
    )
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    parser.add_argument(
        "--name", action="append", default=[], help="another name that clients call this machine, e.g. host.docker.internal"
    )
    parser.add_argument("--port", type=int, default=0, help="0 picks a free port")
    return parser


def _runner(chosen: argparse.Namespace) -> Runner:
    if chosen.images:
        if chosen.network:
            raise Failure("--network requires --docker.", "Leave it out: processes use this machine's network.", USAGE)
        return ProcessRunner(read_images(chosen.images))
    from paceline_local.ecs.docker_runner import DockerRunner  # noqa: PLC0415 processes need no Docker SDK

    return DockerRunner(chosen.network)


def _environment(file: Path | None) -> dict[str, dict[str, str]]:
    if file is None:
        return {}
    families = read_object(file, "The environment")
    return {family: string_map(variables, f"The environment of {family} in {file}") for family, variables in families.items()}


def _log(event: Started | Ended) -> None:
    task = event.task
    match event:
        case Started():
            logging.info("%s %s started: %s", task.family, task.task_id, " ".join(task.command))
        case Ended():
            logging.info("%s %s ended with %s: %s", task.family, task.task_id, task.exit_code, task.last_line or task.reason)


exit_with(main)
