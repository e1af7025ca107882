"""`make airflow`: the real scheduler, DAG processor, triggerer, API server and UI, with the DAG unpaused, until Ctrl-C."""

import time
from typing import NoReturn

from paceline.report import describe, last_report

from paceline_local.demo import Demo, running
from paceline_local.ecs.task_events import Ended, Started
from paceline_local.orchestration.components import Components
from paceline_local.orchestration.dag_test import DAG_ID
from paceline_local.orchestration.embedded import deployment_of, endpoint, home_of
from paceline_local.orchestration.home import MWAA
from paceline_local.orchestration.login import USER
from paceline_local.ports import free_port, is_free
from paceline_local.steps import Steps
from paceline_local.tools import Tools
from paceline_local.waiting import wait_until

# Airflow's default if it is free, so a bookmark keeps working.
_PORT = 8080
_WHAT_HAPPENS = "The run for the last day starts automatically unless it has run already. Ctrl-C stops everything."


def serve(tools: Tools, replay: str | None, environment_name: str = MWAA) -> NoReturn:
    """Ends on Ctrl-C or SIGTERM, or with a Failure if a component dies. Of what it started, only Postgres keeps running."""
    steps = Steps()
    with running(Demo.of(replay), tools, steps) as stack:
        home = home_of(stack, steps, environment_name)
        home.put_dags(deployment_of(stack))
        with endpoint(stack, _print_event) as ecs, Components(home) as components:
            with steps.step("airflow", "starting its scheduler, DAG processor, triggerer and UI") as step:
                api = components.start(_PORT if is_free(_PORT) else free_port(), ecs)
                wait_until(
                    lambda: api.has_dag(DAG_ID), f"Airflow did not read the DAG {DAG_ID}", f"See {home.log('dag-processor')}."
                )
                api.delete_interrupted_runs(DAG_ID)
                api.unpause(DAG_ID)
                step.result = "healthy"
            login = f"Log in as {USER} with the password {home.login.password}, which changes at each start."
            print(f"\n  {api.url}/dags/{DAG_ID}\n\n  {login}\n  {_WHAT_HAPPENS}\n", flush=True)
            try:
                _watch(components)
            finally:
                print("  stopping Airflow and what it has started …", flush=True)


def _watch(components: Components) -> NoReturn:
    while True:
        components.fail_if_ended()
        time.sleep(1)


def _print_event(event: Started | Ended) -> None:
    """Prints one line when a container starts and one when it ends."""
    task, text, verb = event.task, " ".join(event.task.command), "started"
    if isinstance(event, Ended):
        report = last_report([task.last_line])
        code = f"exit {task.exit_code}" if task.exit_code is not None else f"did not start: {task.reason}"
        text, verb = describe(report) if report else f"{text}: {code}", "ended"
    print(f"  {time.strftime('%H:%M:%S')} {verb:<7} {task.container:<15} {text}", flush=True)
