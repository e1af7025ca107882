"""`make demo`: runs the DAG once, from the API to the marts, and continues where the last run stopped."""

import json
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paceline_local.accounts import slug
from paceline_local.failure import USAGE, Failure
from paceline_local.file_lock import exclusive_lock
from paceline_local.months import print_months
from paceline_local.orchestration.dag_test import DagTest
from paceline_local.orchestration.embedded import deployment_of, endpoint, home_of
from paceline_local.orchestration.home import MWAA
from paceline_local.paths import LAST, ROOT, Variant
from paceline_local.postgres import Postgres
from paceline_local.sandbox import Sandbox
from paceline_local.servers import stop_left_behind
from paceline_local.stack import SOURCE, Stack
from paceline_local.steps import Steps
from paceline_local.tools import Tools

# A fixed instant, so every first demo shows the same months; each later run advances it by a day.
_CLOCK = "2026-10-31T05:00:00Z"
# The real limits would spread a first import over days, and a run that waits for a budget says nothing to whoever watches.
_LIMITS = "off"

_RECORDINGS = (".jsonl", ".json")


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
        if not folder.is_dir() or not any(file.suffix in _RECORDINGS for file in folder.iterdir()):
            remedy = "Name a folder with *.jsonl or *.json files in it."
            raise Failure(f"REPLAY={replay} contains no recorded activities.", remedy, USAGE)
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
    with _starting(demo, tools, steps) as stack:
        home = home_of(stack, steps, environment_name)
        home.put_dags(deployment_of(stack, retries=0))
        # Airflow loads while the sandbox starts.
        with DagTest(home, steps) as test:
            _wait_for_sandbox(demo, stack, steps)
            with endpoint(stack, test.watch) as ecs:
                test.run(ecs)
        demo.save_state(completed=1)
        print_months(stack.warehouse)
        _print_next_steps(demo, stack)
    return 0


@contextmanager
def running(demo: Demo, tools: Tools, steps: Steps) -> Iterator[Stack]:
    """Runs the variant's sandbox and warehouse, with every athlete authorized; only the warehouse keeps running afterwards."""
    with _starting(demo, tools, steps) as stack:
        _wait_for_sandbox(demo, stack, steps)
        yield stack


@contextmanager
def _starting(demo: Demo, tools: Tools, steps: Steps) -> Iterator[Stack]:
    """The same, but the sandbox has only been launched: other things can start meanwhile."""
    variant = demo.variant
    with exclusive_lock(ROOT / f"{variant.name}.lock", f"using {variant.name}"):
        variant.folder.mkdir(parents=True, exist_ok=True)
        variant.folder.chmod(0o700)  # lake, logs and results name athletes and what they did
        stop_left_behind(variant)
        demo.save_state()
        LAST.write_text(variant.name)
        print(f"Paceline, from the API to the warehouse · .paceline/{variant.name}", flush=True)
        sandbox = demo.sandbox()
        try:
            sandbox.launch(tools)
            with steps.step("postgres", "starting the warehouse") as step:
                postgres = Postgres(variant.postgres)
                stack = Stack(tools, variant, sandbox, postgres.start())
                step.result = f"{postgres.binaries.version} on 127.0.0.1:{stack.warehouse.port}"
            yield stack
        finally:
            sandbox.stop()


def _wait_for_sandbox(demo: Demo, stack: Stack, steps: Steps) -> None:
    """Each run after the first complete one takes place a day later: a new day's records, and a new day's budget."""
    sandbox, what = stack.sandbox, f"the activities in {demo.replay}" if demo.replay else "a simulated athlete"
    with steps.step("sandbox", f"starting a simulated Strava with {what}") as step:
        sandbox.wait_until_ready()
        if demo.saved_state().get("completed"):
            sandbox.begin_next_day()
        stack.authorize()
        step.result = f"its clock says {sandbox.now()}"


def _print_next_steps(demo: Demo, stack: Stack) -> None:
    query = f"select sport_type, count(*) from {SOURCE}.activities group by 1 order by 2 desc"
    words = f" REPLAY={shlex.quote(str(demo.replay))}" if demo.replay else ""
    again = "again: a day later, with what the folder holds then" if demo.replay else "again: the simulated athlete's next day"
    commands = {
        f"make airflow{words}": "the same DAG in a real Airflow, with its UI",
        "make psql": "a prompt on the warehouse, which stays up until `make stop`",
        f"make psql SQL='{query}'": "",
        f"make demo{words}": again,
        **({"make demo": "the same with a simulated athlete"} if demo.replay else {}),
        "make test": "every test of every language",
        "make demo-clean": "delete all of it",
    }
    print(f"""
Where it is
  lake        {demo.variant.lake}
  warehouse   {stack.warehouse.url} (password in {stack.warehouse.password_file})
  logs        {demo.variant.logs}
What to run next""")
    for command, what in commands.items():
        print(f"  {command:<31} {what}".rstrip())
