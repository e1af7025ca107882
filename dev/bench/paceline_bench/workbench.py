"""What is measured on: a folder of its own with a sandbox of many activities, and a Postgres."""

import itertools
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from paceline_local.commands import start_jar
from paceline_local.places import Variant
from paceline_local.postgres import Postgres
from paceline_local.sandbox import Sandbox
from paceline_local.stack import SOURCE, Stack
from paceline_local.tools import Tools
from paceline_local.warehouse import Warehouse

from paceline_bench.whole_process import Cost, cost_of

CLOCK = "2026-10-31T05:00:00Z"
ATHLETES, ACTIVITIES = 10, 5000


@dataclass(frozen=True)
class Workbench:
    """Hands out fresh lakes and databases beside one sandbox and one Postgres."""

    tools: Tools
    folder: Path
    sandbox: Sandbox
    server: Warehouse
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def fresh(self) -> Stack:
        number = next(self._numbers)
        with self.server.connect() as connection:
            connection.execute(f"create database bench_{number}")
        database = Warehouse(self.server.port, self.server.password_file, f"bench_{number}")
        stack = Stack(self.tools, Variant(self.folder / f"run-{number}"), self.sandbox, database)
        stack.authorize()
        return stack

    def cost(self, stack: Stack, jar: str, step: str) -> Cost:
        env = stack.extract_environment() if jar == "extract" else stack.load_environment()
        log = stack.variant.logs / f"{jar}-{step}.log"

        def start() -> subprocess.Popen[bytes]:
            return start_jar(self.tools, jar, [step, SOURCE], env, log)

        return cost_of(start, log)


@contextmanager
def workbench(tools: Tools, folder: Path) -> Iterator[Workbench]:
    world = ["--clock", CLOCK, "--limits", "off", "--athletes", str(ATHLETES), "--activities", str(ACTIVITIES)]
    sandbox, postgres = Sandbox(folder / "sandbox", world), Postgres(folder / "postgres")
    try:
        yield Workbench(tools, folder, sandbox.start(tools), postgres.start())
    finally:
        sandbox.stop()
        postgres.stop()
