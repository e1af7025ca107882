"""`dev/python -m paceline_local demo|airflow|psql|stop|clean`, as called by `make`."""

import argparse
import os

from paceline_local.compose.demo import run_docker_demo
from paceline_local.demo import run_demo
from paceline_local.failure import USAGE, Failure, exit_with
from paceline_local.orchestration.serve import serve
from paceline_local.psql import psql
from paceline_local.servers import clean, stop
from paceline_local.tools import Tools


def main() -> int:
    parser = argparse.ArgumentParser(prog="paceline_local", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    demo = commands.add_parser("demo", help="run the DAG once, from the API to the marts")
    demo.add_argument("--replay", default=os.environ.get("PACELINE_REPLAY"), help="a folder of recorded activities")
    demo.add_argument(
        "--engine", default=os.environ.get("PACELINE_ENGINE"), help="docker: in containers; by default as processes"
    )
    airflow = commands.add_parser("airflow", help="run Airflow with its UI until Ctrl-C")
    airflow.add_argument("--replay", default=os.environ.get("PACELINE_REPLAY"), help="a folder of recorded activities")
    rows = commands.add_parser("psql", help="query the warehouse, or open a prompt")
    rows.add_argument("--sql", default=os.environ.get("PACELINE_SQL"))
    rows.add_argument("--name", default=os.environ.get("PACELINE_VARIANT"), help="the variant; by default the last one that ran")
    commands.add_parser("stop", help="stop the servers of all variants")
    commands.add_parser("clean", help="stop the servers and delete all variants")
    chosen = parser.parse_args()
    match chosen.command:
        case "demo":
            return _demo(chosen.engine, chosen.replay)
        case "airflow":
            return serve(Tools.found(), chosen.replay)
        case "psql":
            return psql(chosen.sql, chosen.name)
        case "stop":
            return stop()
        case _:
            return clean()


def _demo(engine: str | None, replay: str | None) -> int:
    if not engine:
        return run_demo(Tools.found(), replay)
    if engine != "docker":
        raise Failure(f"ENGINE={engine} is unknown.", "Use ENGINE=docker, or leave it out for processes.", USAGE)
    if replay:
        raise Failure("The demo in containers replays no recordings.", "Leave out REPLAY, or ENGINE=docker.", USAGE)
    return run_docker_demo()


exit_with(main)
