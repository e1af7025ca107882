"""`make demo ENGINE=docker`: the same as `make demo`, with a real Airflow that starts the images as containers."""

from paceline_local.compose.docker_demo import DOCKER_DEMO, DockerDemo
from paceline_local.compose.stack_file import StackFile
from paceline_local.compose.watched_run import WatchedRun
from paceline_local.file_lock import exclusive_lock
from paceline_local.months import print_months
from paceline_local.orchestration.dag_test import DAG_ID
from paceline_local.paths import CHECKOUT, ROOT
from paceline_local.steps import Steps
from paceline_local.warehouse import Warehouse


def run_docker_demo() -> int:
    ROOT.mkdir(exist_ok=True)
    with exclusive_lock(ROOT / f"{DOCKER_DEMO}.lock", f"using {DOCKER_DEMO}"):
        run(DockerDemo(ROOT / DOCKER_DEMO))
    return 0


def run(demo: DockerDemo, *options: str) -> Warehouse:
    """Starts the stack and runs the DAG once, each time after the first on the next day of the simulated Strava."""
    stack, steps = demo.stack(), Steps()
    stack.up(*options)
    if demo.completed:
        with steps.step("sandbox", "beginning the simulated athlete's next day") as step:
            now = stack.compose("run", "--rm", "--no-deps", "-T", "deploy", "paceline_local.compose.next_day")
            step.result = f"its clock says {now.strip()}"
    api = stack.airflow()
    WatchedRun(api, steps).run()
    demo.count_run()
    warehouse = stack.warehouse()
    print_months(warehouse)
    _print_next_steps(stack, api.url, warehouse)
    return warehouse


def _print_next_steps(stack: StackFile, airflow: str, warehouse: Warehouse) -> None:
    file = stack.settings.relative_to(CHECKOUT) if stack.settings.is_relative_to(CHECKOUT) else stack.settings
    of_this = f"PACELINE_STACK={file}"
    print(f"""
Where it is
  Airflow     {airflow}/dags/{DAG_ID} (log in as admin, {stack.setting("PACELINE_AIRFLOW_PASSWORD")})
  warehouse   psql "{warehouse.url}" (password in {warehouse.password_file})
What to run next
  make demo ENGINE=docker                                                 again: the simulated athlete's next day
  {of_this} dev/containers/compose ps     what runs
  {of_this} dev/down                      stop it; --volumes also deletes its data
  dev/up                                                                  a stack to keep, with your own settings in dev/.env""")
