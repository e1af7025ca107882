"""A connection from this machine to the warehouse on RDS, for as long as the command runs: `iac/scripts/tunnel qa`.

It starts a small task in the deployment's network, through which Session Manager forwards a local port. The task is stopped when
the command ends, in whatever way; if this machine is lost, it ends by itself.
"""

import re
import sys
from argparse import ArgumentTypeError, Namespace
from collections.abc import Sequence

from paceline_local.failure import UNAVAILABLE, Failure, exit_with
from paceline_local.ports import is_free

from paceline_aws.arguments import Arguments
from paceline_aws.outputs import folder_of
from paceline_aws.tunnel_deployment import Destination, TunnelDeployment
from paceline_aws.tunnel_session import forward, refuse_missing_programs
from paceline_aws.tunnel_task import tunnel_task

PORT, HOURS, MOST_HOURS = 5433, 8.0, 24.0
_HOW_TO_CONNECT = """\
Once it says "Waiting for connections", in another terminal (the CA and the password: docs/how-to/rds.md):

    psql "host={host} hostaddr=127.0.0.1 port={local} dbname={database} user={user} sslmode=verify-full sslrootcert=$HOME/rds.pem"

or for load and dbt on this machine:

    export PACELINE_WAREHOUSE='postgresql://{user}@localhost:{local}/{database}?sslmode=verify-ca'
    export PACELINE_WAREHOUSE_CA=$HOME/rds.pem PACELINE_WAREHOUSE_PASSWORD='secretsmanager:{secret}#password'
"""
_OTHER_DESTINATION = """\
Once it says "Waiting for connections", port {local} of this machine is port {to.port} of {to.host}.
"""
_UNTIL = """
Ctrl-C closes it. Session Manager closes it after 20 minutes without traffic; the task ends in {hours:g} hours at the latest.
"""
_EXAMPLES = "For example, for Airflow's private web UI: iac/scripts/tunnel qa --to HOST:443 --port 8443"


def tunnel(environment: str, port: int, hours: float, to: Destination | None = None) -> int:
    """To the warehouse, or to another host that the tasks may reach."""
    folder_of(environment)
    refuse_missing_programs()
    deployed = TunnelDeployment.of(environment)
    if not is_free(port):
        raise Failure(f"Port {port} of this machine is taken.", "Choose another with --port.", UNAVAILABLE)
    with tunnel_task(deployed, hours) as task:
        how = _OTHER_DESTINATION.format(local=port, to=to) if to else _HOW_TO_CONNECT.format(local=port, **deployed.server())
        print(how + _UNTIL.format(hours=hours), flush=True)
        return forward(task, deployed.deployment, to or deployed.warehouse, port)


def _arguments(words: Sequence[str]) -> Namespace:
    parser = Arguments("tunnel", (__doc__ or "").split("\n", maxsplit=1)[0], _EXAMPLES)
    parser.add_argument("environment", help="a folder of iac/environments, e.g. qa")
    parser.add_argument("--port", type=_port, default=PORT, help="the port on this machine (default: %(default)s)")
    hours = f"after how many hours the task ends by itself, at most {MOST_HOURS:g} (default: %(default)g)"
    parser.add_argument("--hours", type=_hours, default=HOURS, help=hours)
    to = "where the tunnel ends, if not at the warehouse: a host that the deployment's tasks may reach, and its port"
    parser.add_argument("--to", type=_destination, metavar="HOST:PORT", help=to)
    return parser.parse_args(words)


def _port(text: str) -> int:
    if not re.fullmatch("[0-9]{1,5}", text) or not 1 <= int(text) <= 65535:
        raise ArgumentTypeError(f"{text!r} is not a port: give a number from 1 to 65535")
    return int(text)


def _destination(text: str) -> Destination:
    host, _, port = text.rpartition(":")
    if not re.fullmatch("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?", host):
        raise ArgumentTypeError(f"{text!r} is not HOST:PORT: give the host's name or IPv4 address, without https://")
    return Destination(host, _port(port))


def _hours(text: str) -> float:
    try:
        hours = float(text)
    except ValueError:
        hours = 0
    if not 0 < hours <= MOST_HOURS:
        raise ArgumentTypeError(f"{text!r} is not a number of hours above 0, at most {MOST_HOURS:g}")
    return hours


def main(words: Sequence[str]) -> int:
    given = _arguments(words)
    return tunnel(given.environment, given.port, given.hours, given.to)


if __name__ == "__main__":
    exit_with(lambda: main(sys.argv[1:]))
