"""A connection from this machine to the warehouse on RDS, for as long as the command runs: `iac/scripts/tunnel qa`.

A task of a few cents is started in the deployment's network, and Session Manager forwards a local port through it. The task is
stopped when the command ends, however it ends; if this machine is lost, it ends by itself.
"""

import argparse
from collections.abc import Sequence

from paceline_local.failure import Failure, exit_with
from paceline_local.ports import is_free

from paceline_aws.tunnel_deployment import TunnelDeployment
from paceline_aws.tunnel_session import forward, refuse_missing_programs
from paceline_aws.tunnel_task import tunnel_task

PORT, HOURS, MOST_HOURS = 5433, 8.0, 24.0
PORT_TAKEN = 69
_HOW_TO_CONNECT = """\
Once it says "Waiting for connections", in another terminal (the CA and the password: docs/how-to/rds.md):

    psql "host={host} hostaddr=127.0.0.1 port={local} dbname={database} user={user} sslmode=verify-full sslrootcert=$HOME/rds.pem"

or for load and dbt on this machine:

    export PACELINE_WAREHOUSE='postgresql://{user}@localhost:{local}/{database}?sslmode=verify-ca'
    export PACELINE_WAREHOUSE_CA=$HOME/rds.pem PACELINE_WAREHOUSE_PASSWORD='secretsmanager:{secret}#password'

Ctrl-C closes it. Session Manager closes it after 20 minutes without traffic; the task ends in {hours:g} hours at the latest.
"""


def tunnel(environment: str, port: int, hours: float) -> int:
    refuse_missing_programs()
    deployment = TunnelDeployment.of(environment)
    if not is_free(port):
        raise Failure(f"Port {port} of this machine is taken.", "Choose another with --port.", PORT_TAKEN)
    with tunnel_task(deployment, hours) as task:
        print(_HOW_TO_CONNECT.format(local=port, hours=hours, **deployment.server()), flush=True)
        return forward(task, deployment, port)


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="iac/scripts/tunnel", description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("environment", help="a folder of iac/environments, e.g. qa")
    parser.add_argument("--port", type=_port, default=PORT, help="the port on this machine (default: %(default)s)")
    hours = f"after how many hours the task ends by itself, at most {MOST_HOURS:g} (default: %(default)g)"
    parser.add_argument("--hours", type=_hours, default=HOURS, help=hours)
    return parser.parse_args(words)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: give a number from 1 to 65535")
    return int(text)


def _hours(text: str) -> float:
    try:
        hours = float(text)
    except ValueError:
        hours = 0
    if not 0 < hours <= MOST_HOURS:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of hours above 0, at most {MOST_HOURS:g}")
    return hours


def main() -> int:
    given = _arguments(None)
    return tunnel(given.environment, given.port, given.hours)


if __name__ == "__main__":
    exit_with(main)
