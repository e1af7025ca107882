"""What replaces AWS on a laptop: Paceline's images are processes and SSM is a file, wired to one variant's stack."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from paceline_local import deployed
from paceline_local.commands import DBT, jar_of
from paceline_local.ecs.definitions_folder import read_definitions
from paceline_local.ecs.endpoint import Endpoint
from paceline_local.ecs.processes import ProcessImage, ProcessRunner
from paceline_local.ecs.secrets import Secrets
from paceline_local.java import jar_command
from paceline_local.orchestration.home import MWAA, AirflowHome
from paceline_local.paths import CHECKOUT
from paceline_local.private_file import write_private
from paceline_local.stack import Stack
from paceline_local.steps import Steps

CONTAINERS = CHECKOUT / "orchestration" / "containers"
REGION = "eu-west-1"
# A folder of recordings that lacks many of the earlier ones was replaced: no scope that an account lacks could have hidden them.
# The option follows the command that Airflow starts the container with.
_ACCEPT_SHRINK = ["sh", "-c", 'exec "$@" --accept-shrink', "extract"]


def endpoint(stack: Stack, watch: Callable[[Any], None] | None = None) -> Endpoint:
    """An endpoint with the task definitions of `orchestration/containers/`; not started yet."""
    definitions = definitions_of(stack)
    created = Endpoint(ProcessRunner(images(stack)), _secrets_file(stack), logs=stack.variant.container_logs, watch=watch)
    for definition in definitions:
        created.register(definition)
    return created


def definitions_of(stack: Stack) -> list[dict[str, Any]]:
    """The same definitions as on AWS, with the addresses of the simulated API and of the token store merged in."""
    return read_definitions(CONTAINERS, {"paceline-extract-strava": extract_variables(stack)})


def extract_variables(stack: Stack) -> dict[str, str]:
    """Where the simulated API and the token store are, which on AWS the task definition says."""
    addresses = {name: value for name, value in stack.sandbox.for_extract().items() if name.endswith("_URL")}
    return {**addresses, "PACELINE_TOKENS": stack.extract_environment()["PACELINE_TOKENS"]}


def images(stack: Stack) -> dict[str, ProcessImage]:
    work = stack.variant.folder / "dbt"
    work.mkdir(parents=True, exist_ok=True)
    folders = {"DBT_TARGET_PATH": str(work), "DBT_LOG_PATH": str(work)}
    jars = {
        f"paceline/{name}": ProcessImage(argv=[*words, *jar_command(stack.tools, jar_of(name))], env={}, cwd=stack.variant.folder)
        for name, words in {"extract": _ACCEPT_SHRINK if stack.sandbox.replays else [], "load": []}.items()
    }
    return {**jars, "paceline/transformation": ProcessImage(argv=DBT, env=folders, cwd=work)}


def parameters(stack: Stack) -> dict[str, str]:
    environment = stack.extract_environment()
    strava = {
        "accounts": environment["PACELINE_STRAVA_ACCOUNTS"],
        "client-id": environment["PACELINE_STRAVA_CLIENT_ID"],
        "client-secret": environment["PACELINE_STRAVA_CLIENT_SECRET"],
    }
    return deployed.parameters(strava, stack.warehouse.url, stack.warehouse.password)


def deployment_of(stack: Stack, **more: Any) -> dict[str, Any]:
    """`paceline.json`, which the DAGs read from their own folder; `more` can set `retries`."""
    return deployed.deployment(
        [definition["family"] for definition in read_definitions(CONTAINERS, {})],
        "laptop",
        region=REGION,
        cluster=stack.variant.name,
        lake=stack.variant.lake.as_uri(),
        poll_seconds=0.2,
        log_seconds=0.2,
        **more,
    )


def home_of(stack: Stack, steps: Steps, environment_name: str = MWAA) -> AirflowHome:
    """The variant's home, with a database next to the warehouse. Recreated if the database, the server or Airflow has changed."""

    def home() -> AirflowHome:
        database = stack.warehouse.ensure_database("airflow")
        return AirflowHome(stack.variant.airflow, environment_name, database.for_airflow(), database.identity())

    found = home()
    if not found.is_made():
        with steps.step("airflow", "creating its database"):
            stack.warehouse.drop("airflow")
            found = home()
            found.make()
    return found


def _secrets_file(stack: Stack) -> Secrets:
    file: Path = stack.variant.folder / "ssm.json"
    file.unlink(missing_ok=True)
    write_private(file, json.dumps(parameters(stack), indent=2))
    return Secrets.read(file)
