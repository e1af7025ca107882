"""`make demo`: runs the DAG once, from the API to the marts, and continues where the last run stopped."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paceline_local.accounts import slug
from paceline_local.failure import USAGE, Failure
from paceline_local.file_lock import exclusive_lock
from paceline_local.months import print_months
from paceline_local.orchestration.dag_test import DAG_ID, DagTest
from paceline_local.orchestration.embedded import deployment_of, endpoint, home_of
from paceline_local.orchestration.home import MWAA
from paceline_local.paths import LAST, ROOT, Variant
from paceline_local.postgres import Postgres
from paceline_local.sandbox import Sandbox
from paceline_local.servers import stop_left_behind
from paceline_local.stack import SOURCE, Stack
from paceline_local.steps import Steps
from paceline_local.tools import Tools

# A fixed instant, so every first demo shows the same months; each later run of the generated athlete advances it by a day.
_CLOCK = "2026-10-31T05:00:00Z"
# The real limits would spread a first import over days, and a run that waits for a budget says nothing to whoever watches.
_LIMITS = "off"


@dataclass(frozen=True)
class Demo:
    """One variant and its state between runs."""

    variant: Variant
    replay: Path | None = None

    @staticmethod
    def of(replay: str | None) -> "Demo":
        if not replay:
            return Demo(Variant(ROOT / "demo"))
        folder = Path(replay).expanduser().resolve()
        if not folder.is_dir() or not any(folder.glob("*.jsonl")):
            raise Failure(f"REPLAY={replay} contains no recorded activities.", "Name a folder with *.jsonl files in it.", USAGE)
        demo = Demo(Variant(ROOT / f"replay-{slug(folder.name)}"), folder)
        other = demo.saved_state().get("replay", str(folder))
        if other != str(folder):
            raise Failure(f"{demo.variant.folder} replays {other}.", f"Rename {folder}, or run `make demo-clean` first.", USAGE)
        return demo

    def saved_state(self) -> dict[str, Any]:
        return json.loads(self._state_file.read_text()) if self._state_file.exists() else {}

    def save_state(self, *, completed: int = 0) -> None:
        """The first save comes before anything is in the lake, so what a variant replays is always known."""
        state = {"replay": str(self.replay)} if self.replay else {}
        state["completed"] = self.saved_state().get("completed", 0) + completed
        temporary = self._state_file.with_suffix(".new")
        temporary.write_text(json.dumps(state))
        temporary.replace(self._state_file)

    @property
    def _state_file(self) -> Path:
        return self.variant.folder / "demo.json"

    def sandbox(self) -> Sandbox:
        """The sandbox sets the clock of a replay to the morning after its newest activity."""
        world = ["--replay", str(self.replay)] if self.replay else ["--clock", _CLOCK]
        return Sandbox(self.variant.sandbox, ["--limits", _LIMITS, *world])


def run_demo(tools: Tools, replay: str | None, environment_name: str = MWAA) -> int:
    demo, steps = Demo.of(replay), Steps()
    with running(demo, tools, steps) as stack:
        run_dag_once(stack, steps, environment_name)
        demo.save_state(completed=1)
        print_months(stack.warehouse)
        _print_next_steps(demo.variant, stack)
    return 0


@contextmanager
def running(demo: Demo, tools: Tools, steps: Steps) -> Iterator[Stack]:
    """Runs the variant's sandbox and warehouse, with every athlete authorized; only the warehouse keeps running afterwards."""
    variant = demo.variant
    with exclusive_lock(ROOT / f"{variant.name}.lock", f"using {variant.name}"):
        variant.folder.mkdir(parents=True, exist_ok=True)
        stop_left_behind(variant)
        demo.save_state()
        LAST.write_text(variant.name)
        print(f"Paceline, from the API to the warehouse · .paceline/{variant.name}", flush=True)
        with _running_sandbox(demo, tools, steps) as sandbox:
            with steps.step("postgres", "starting the warehouse") as step:
                postgres = Postgres(variant.postgres)
                stack = Stack(tools, variant, sandbox, postgres.start())
                step.result = f"{postgres.binaries.version} on 127.0.0.1:{stack.warehouse.port}"
            stack.authorize()
            yield stack


@contextmanager
def _running_sandbox(demo: Demo, tools: Tools, steps: Steps) -> Iterator[Sandbox]:
    sandbox = demo.sandbox()
    try:
        with steps.step("sandbox", "starting a simulated Strava" + (f" with {demo.replay}" if demo.replay else "")) as step:
            sandbox.start(tools)
            if demo.replay is None and demo.saved_state().get("completed"):
                sandbox.control("PUT", "clock", {"advance": "P1D"})
            step.result = f"its clock says {sandbox.control('GET', 'clock')['now']}"
        yield sandbox
    finally:
        sandbox.stop()


def run_dag_once(stack: Stack, steps: Steps, environment_name: str = MWAA) -> None:
    """Runs the DAG once, as a user would by hand."""
    home = home_of(stack, steps, environment_name)
    home.put_dags(deployment_of(stack, retries=0))
    test = DagTest(home, steps)
    steps.say("airflow", f"running the DAG {DAG_ID} once")
    with endpoint(stack, test.watch) as ecs:
        test.run(DAG_ID, ecs)


def _print_next_steps(variant: Variant, stack: Stack) -> None:
    query = f"select sport_type, count(*) from {SOURCE}.activities group by 1 order by 2 desc"
    print(f"""
Where it is
  lake        {variant.lake}
  warehouse   {stack.warehouse.url} (password in {stack.warehouse.password_file})
  logs        {variant.logs}
What to run next
  make airflow                    the same DAG in a real Airflow, with its UI
  make psql                       a prompt on the warehouse, which stays up until `make stop`
  make psql SQL='{query}'
  make demo                       again: the simulated athlete's next day
  make test                       every test of every language
  make demo-clean                 delete all of it""")
