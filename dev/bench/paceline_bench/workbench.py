"""What figures are measured on: a temporary folder, sandboxes of the size that a figure needs, and a Postgres."""

import itertools
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from paceline_local.commands import start_jar
from paceline_local.paths import Variant
from paceline_local.postgres import Postgres
from paceline_local.sandbox import Sandbox
from paceline_local.stack import SOURCE, Stack
from paceline_local.tools import Tools
from paceline_local.warehouse import Warehouse

from paceline_bench.whole_process import Cost, cost_of

# Mid-month: on the first, athletes have a new weight, which makes extract fetch gear and zones again.
CLOCK = "2026-10-20T05:00:00Z"


@dataclass(frozen=True)
class Workbench:
    """Creates sandboxes, and new lakes and databases for them."""

    tools: Tools
    folder: Path
    server: Warehouse
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    @contextmanager
    def world(self, athletes: int, activities: int, *options: str) -> Iterator[Sandbox]:
        """A sandbox with that many activities per athlete, without call limits and with its clock held."""
        size = ["--athletes", str(athletes), "--activities", str(activities)]
        folder = self.folder / f"sandbox-{next(self._numbers)}"
        sandbox = Sandbox(folder, ["--clock", CLOCK, "--limits", "off", *size, *options])
        try:
            yield sandbox.start(self.tools)
        finally:
            sandbox.stop()

    def new_stack(self, sandbox: Sandbox) -> Stack:
        number = next(self._numbers)
        with self.server.connect() as connection:
            connection.execute(f"create database bench_{number}")
        database = Warehouse(self.server.port, self.server.password_file, f"bench_{number}")
        stack = Stack(self.tools, Variant(self.folder / f"run-{number}"), sandbox, database)
        stack.authorize()
        return stack

    def cost(self, stack: Stack, jar: str, step: str, *words: str) -> Cost:
        env = stack.extract_environment() if jar == "extract" else stack.load_environment()
        log = stack.variant.logs / f"{jar}-{step}.log"

        def start() -> subprocess.Popen[bytes]:
            return start_jar(self.tools, jar, [step, SOURCE, *words], env, log)

        return cost_of(start, log)


@contextmanager
def workbench(tools: Tools, folder: Path) -> Iterator[Workbench]:
    postgres = Postgres(folder / "postgres")
    try:
        yield Workbench(tools, folder, postgres.start())
    finally:
        postgres.stop()
