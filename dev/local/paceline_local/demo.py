"""`make demo`: carries an athlete's activities through every part, and takes up where the last run left off."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paceline_local.accounts import slug
from paceline_local.failure import USAGE, Failure
from paceline_local.locked import only_one
from paceline_local.months import print_months
from paceline_local.places import LAST, ROOT, Variant
from paceline_local.postgres import Postgres
from paceline_local.sandbox import Sandbox
from paceline_local.stack import SOURCE, Stack
from paceline_local.steps import Steps
from paceline_local.tools import Tools

# A fixed instant, so that two people's demos show the same months; later runs of the generated athlete move a day on.
_CLOCK = "2026-10-31T05:00:00Z"
# Above what a first import needs: the real limits would spread it over days.
_LIMITS = "4000/40000,2000/20000"


@dataclass(frozen=True)
class Demo:
    """One variant and what is remembered of it between runs."""

    variant: Variant
    replay: Path | None = None

    @staticmethod
    def of(replay: str | None) -> "Demo":
        if not replay:
            return Demo(Variant(ROOT / "demo"))
        folder = Path(replay).expanduser().resolve()
        if not folder.is_dir() or not any(folder.glob("*.jsonl")):
            raise Failure(f"REPLAY={replay} holds no recorded activities.", "Name a folder with *.jsonl files in it.", USAGE)
        demo = Demo(Variant(ROOT / f"replay-{slug(folder.name)}"), folder)
        other = demo.memory().get("replay", str(folder))
        if other != str(folder):
            raise Failure(f"{demo.variant.folder} replays {other}.", f"Rename {folder}, or `make demo-clean` first.", USAGE)
        return demo

    def memory(self) -> dict[str, Any]:
        return json.loads(self._memory_file.read_text()) if self._memory_file.exists() else {}

    def remember(self, *, completed: int = 0) -> None:
        """What it replays is known before anything of it is in the lake."""
        memory = {"replay": str(self.replay)} if self.replay else {}
        memory["completed"] = self.memory().get("completed", 0) + completed
        half_written = self._memory_file.with_suffix(".new")
        half_written.write_text(json.dumps(memory))
        half_written.replace(self._memory_file)

    @property
    def _memory_file(self) -> Path:
        return self.variant.folder / "demo.json"

    def sandbox(self) -> Sandbox:
        """A replay stands on the morning after its newest activity, which the sandbox knows."""
        world = ["--replay", str(self.replay)] if self.replay else ["--clock", _CLOCK]
        return Sandbox(self.variant.sandbox, ["--limits", _LIMITS, *world])


def run_demo(tools: Tools, replay: str | None) -> int:
    demo = Demo.of(replay)
    variant = demo.variant
    with only_one(ROOT / f"{variant.name}.lock", f"running the demo {variant.name}"):
        variant.folder.mkdir(parents=True, exist_ok=True)
        demo.remember()
        LAST.write_text(variant.name)
        steps = Steps()
        print(f"Paceline, from the API to the warehouse · .paceline/{variant.name}", flush=True)
        with _running_sandbox(demo, tools, steps) as sandbox:
            with steps.step("postgres", "starting the warehouse") as step:
                postgres = Postgres(variant.postgres)
                stack = Stack(tools, variant, sandbox, postgres.start())
                step.result = f"{postgres.binaries.version} on 127.0.0.1:{stack.warehouse.port}"
            carry(stack, steps)
        demo.remember(completed=1)
        print_months(stack.warehouse)
        _say_what_next(variant, stack)
    return 0


@contextmanager
def _running_sandbox(demo: Demo, tools: Tools, steps: Steps) -> Iterator[Sandbox]:
    sandbox = demo.sandbox()
    try:
        with steps.step("sandbox", "starting a simulated Strava" + (f" with {demo.replay}" if demo.replay else "")) as step:
            sandbox.start(tools)
            if demo.replay is None and demo.memory().get("completed"):
                sandbox.control("PUT", "clock", {"advance": "P1D"})
            step.result = f"its clock says {sandbox.control('GET', 'clock')['now']}"
        yield sandbox
    finally:
        sandbox.stop()


def carry(stack: Stack, steps: Steps) -> None:
    """Extract, load and dbt in turn; the first that fails ends it with its own sentence and exit code."""
    stack.authorize()
    with steps.step("extract", "reading what is new into the lake") as step:
        step.result = _extracted(stack.extract().or_fail("extract"))
    with steps.step("load", "staging, checking and publishing it") as step:
        step.result = _loaded(stack.load().or_fail("load"))
    with steps.step("dbt", "building and testing the models") as step:
        report = stack.dbt().or_fail("dbt")
        step.result = f"{report['passed']} models and tests passed"


def _extracted(report: dict[str, Any]) -> str:
    accounts = report["accounts"]
    streams: dict[str, dict[str, int]] = {}
    for account in accounts:
        for name, counts in account["streams"].items():
            total = streams.setdefault(name, {"upserts": 0, "deletes": 0})
            for kind in total:
                total[kind] += counts.get(kind, 0)
    told = [f"{name} {counts['upserts']} new or changed, {counts['deletes']} gone" for name, counts in streams.items()]
    commits = sum(len(account["commits"]) for account in accounts)
    return f"{'; '.join(told) or 'nothing new'}; {report['calls']} calls, {commits} {'commit' if commits == 1 else 'commits'}"


def _loaded(report: dict[str, Any]) -> str:
    told = [
        f"{table} {counts.get('inserted', 0)} in, {counts.get('updated', 0)} changed, {counts.get('deleted', 0)} gone"
        for table, counts in (report.get("tables") or {}).items()
    ]
    return "; ".join(told) or "nothing new"


def _say_what_next(variant: Variant, stack: Stack) -> None:
    question = f"select sport_type, count(*) from {SOURCE}.activities group by 1 order by 2 desc"
    print(f"""
Where it is
  lake        {variant.lake}
  warehouse   {stack.warehouse.url} (password in {stack.warehouse.password_file})
  logs        {variant.logs}
What to run next
  make psql                       a prompt on the warehouse, which stays up until `make stop`
  make psql SQL='{question}'
  make demo                       once more: the simulated athlete's next day
  make test                       every test of every language
  make demo-clean                 removes all of it""")
