"""Writes the configuration of the ECS endpoint and of Airflow: what Terraform does on AWS.

Runs in the stack's container `deploy`, again at each start, so that a changed `dev/.env` or task definition takes effect.
It writes to volumes.
"""

import json
import os
from pathlib import Path
from typing import Any

from paceline_local import deployed
from paceline_local.accounts import account_names
from paceline_local.compose.definitions import GIVEN_CA, OWN_CA, local_definitions
from paceline_local.compose.settings import Aws, Settings, Strava
from paceline_local.compose.simulated_strava import URL, SimulatedStrava
from paceline_local.failure import exit_with
from paceline_local.private_file import write_private
from paceline_local.sandbox_control import CLIENT_ID
from paceline_local.tokens import put_first_token

_TOKENS = Path("/tokens")
# Mounted from this machine; empty without the line PACELINE_WAREHOUSE_CA.
_GIVEN_CA = Path("/warehouse-ca.pem")


def main() -> int:
    settings = Settings.read(os.environ)
    strava = settings.strava or _authorized_by_all(SimulatedStrava(Path("/state")))
    definitions = local_definitions(Path("/containers"), settings, URL, _warehouse_ca(settings))
    folder = Path("/endpoint/containers")
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.json"):
        old.unlink()
    for definition in definitions:
        (folder / f"{definition['family']}.json").write_text(json.dumps(definition, indent=2))
    _replace_private(Path("/endpoint/parameters.json"), json.dumps(parameters(settings, strava), indent=2))
    Path(f"/endpoint/{settings.project}").mkdir(exist_ok=True)
    _replace_private(Path("/aws/credentials"), credentials(settings.aws))
    families = [str(definition["family"]) for definition in definitions]
    _replace(Path("/deployment/paceline.json"), json.dumps(deployment(settings, families), indent=2) + "\n")
    kind = "the simulated Strava" if settings.strava is None else f"Strava's application {strava.client_id}"
    print(f"Lake {settings.lake}, warehouse {settings.warehouse}, {kind} with {strava.accounts}.")
    return 0


def parameters(settings: Settings, strava: Strava) -> dict[str, str]:
    application = {"client-id": strava.client_id, "client-secret": strava.client_secret}
    of_strava = {"accounts": strava.accounts, **application}
    return deployed.parameters(of_strava, settings.warehouse, settings.warehouse_password)


def credentials(aws: Aws) -> str:
    """AWS's shared credentials file, for containers that on AWS have a role instead."""
    session = f"aws_session_token = {aws.session_token}\n" if aws.session_token else ""
    return f"[default]\naws_access_key_id = {aws.key_id}\naws_secret_access_key = {aws.secret_key}\n{session}"


def deployment(settings: Settings, families: list[str]) -> dict[str, Any]:
    return deployed.deployment(
        families,
        "compose",
        region=settings.aws.region,
        cluster=settings.project,
        lake=settings.lake,
        poll_seconds=0.5,
        log_seconds=0.5,
        retries=settings.retries,
    )


def _authorized_by_all(sandbox: SimulatedStrava) -> Strava:
    """Stores a first token for each account that has none, as `extract authorize` does with the real Strava."""
    athletes = account_names(sandbox.athletes())
    for account, athlete in athletes.items():
        put_first_token(_TOKENS, "strava", account, athlete)
    return Strava(CLIENT_ID, sandbox.client_secret, ",".join(athletes))


def _warehouse_ca(settings: Settings) -> tuple[str, str] | None:
    """Where containers find the CA of the warehouse; None if `dev/.env` names none for a real one."""
    if settings.stand_in_warehouse:
        return OWN_CA
    given = _GIVEN_CA.read_text()
    if not given:
        return None
    _replace(Path(GIVEN_CA[1]), given)
    return GIVEN_CA


def _replace_private(file: Path, text: str) -> None:
    new = file.with_name(f".{file.name}")
    new.unlink(missing_ok=True)
    write_private(new, text)
    new.replace(file)


def _replace(file: Path, text: str) -> None:
    new = file.with_name(f".{file.name}")
    new.write_text(text)
    new.replace(file)


if __name__ == "__main__":
    exit_with(main)
