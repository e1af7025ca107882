"""The task definitions that Terraform registers, run by the DAG: what it rewrites is registered at the local ECS endpoint."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from compute_given import RDS, SECRET, VARIABLES
from paceline_local.ecs import Endpoint, ProcessRunner, Secrets
from paceline_local.ecs.definitions_folder import read_definitions
from paceline_local.failure import Failure
from paceline_local.orchestration import embedded
from paceline_local.orchestration.dag_test import DagTest
from paceline_local.paths import Variant
from paceline_local.postgres import Postgres
from paceline_local.sandbox import Sandbox
from paceline_local.stack import Stack
from paceline_local.steps import Steps
from paceline_local.tools import Tools
from terraform import Terraform

PREFIX = "/paceline-qa"
CLOCK = "2026-10-31T05:00:00Z"


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[Stack]:
    """A simulated Strava with one athlete's year, and a Postgres of its own."""
    tools, variant = Tools.found(), Variant(tmp_path / "qa")
    postgres = Postgres(variant.postgres, settings={"fsync": "off"})
    sandbox = Sandbox(variant.sandbox, ["--limits", "off", "--clock", CLOCK, "--athletes", "1", "--years", "1"])
    try:
        stack = Stack(tools, variant, sandbox.start(tools), postgres.start())
        stack.authorize()
        yield stack
    finally:
        sandbox.stop()
        postgres.stop()


def secrets_of(stack: Stack) -> Secrets:
    """As AWS has them: parameters below the deployment's name, and the secret that RDS manages."""
    parameters = {name.replace("/paceline/", f"{PREFIX}/"): value for name, value in embedded.parameters(stack).items()}
    of_rds = json.dumps({"username": stack.warehouse.settings()["PACELINE_WAREHOUSE"], "password": stack.warehouse.password})
    return Secrets({**parameters, SECRET: of_rds})


def without_the_password(secrets: Secrets) -> Secrets:
    return Secrets({name: value for name, value in secrets.values.items() if not name.endswith("/warehouse/password")})


def deployment_of(stack: Stack, outputs: Mapping[str, Any]) -> dict[str, Any]:
    """`paceline.json` as Terraform writes it, but for the lake and how often the endpoint is asked."""
    return {
        "region": VARIABLES["region"],
        "cluster": outputs["cluster"],
        "capacity_providers": [
            {"provider": "FARGATE_SPOT", "weight": 1, "base": 0},
            {"provider": "FARGATE", "weight": 0, "base": 0},
        ],
        "subnets": ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
        "security_groups": ["sg-0123456789abcdef0"],
        "assign_public_ip": True,
        "families": outputs["families"],
        "log_group": VARIABLES["log_group"],
        "lake": stack.variant.lake.as_uri(),
        "poll_seconds": 0.2,
        "log_seconds": 0.2,
        "retries": 0,
    }


def registered(outputs: Mapping[str, Any], stack: Stack, secrets: Secrets, test: DagTest) -> Endpoint:
    """An endpoint with the definitions that Terraform rendered. Beside them it is told only where this machine's Strava is."""
    folder = stack.variant.folder / "containers"
    folder.mkdir(exist_ok=True)
    for name, definition in outputs["task_definitions"].items():
        (folder / f"{name}.json").write_text(definition)
    images = {name.replace("paceline/", "paceline-qa/"): image for name, image in embedded.images(stack).items()}
    endpoint = Endpoint(ProcessRunner(images), secrets, stack.variant.container_logs, test.watch)
    for definition in read_definitions(folder, {"paceline-qa-extract-strava": embedded.extract_variables(stack)}):
        endpoint.register(definition)
    return endpoint


def run_the_dag(stack: Stack, outputs: Mapping[str, Any], secrets: Secrets) -> None:
    steps = Steps()
    home = embedded.home_of(stack, steps)
    home.put_dags(deployment_of(stack, outputs))
    with DagTest(home, steps) as test, registered(outputs, stack, secrets, test) as ecs:
        test.run(ecs)


def test_the_dag_runs_green_on_what_terraform_deploys(
    iac: Path, moto: str, stack: Stack, capsys: pytest.CaptureFixture[str]
) -> None:
    """With RDS, whose password is in Secrets Manager, and then with a warehouse whose password is a parameter."""
    compute = Terraform.on_moto(iac / "modules" / "compute", moto, **VARIABLES).init()
    on_rds = compute.with_variables(**RDS)
    on_rds.apply()
    run_the_dag(stack, on_rds.outputs(), without_the_password(secrets_of(stack)))
    assert "publishing the stage" in capsys.readouterr().out
    with stack.warehouse.connect() as warehouse:
        assert warehouse.execute("select count(*) > 10 from mart.activity_summary_monthly").fetchone() == (True,)

    compute.apply()
    existing = compute.outputs()
    run_the_dag(stack, existing, secrets_of(stack))
    with stack.warehouse.connect() as warehouse:
        assert warehouse.execute("select count(*) from ops.loads").fetchone() == (2,)
    # What it ran on was indeed the parameter.
    with pytest.raises(Failure, match=f"{PREFIX}/warehouse/password"):
        run_the_dag(stack, existing, without_the_password(secrets_of(stack)))
