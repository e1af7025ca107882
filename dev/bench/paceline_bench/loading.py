"""What loading half a million activities costs compared with what Postgres alone needs for the same rows."""

import shutil
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from paceline_local.commands import start_jar
from paceline_local.stack import SOURCE, Stack

from paceline_bench.figure import Figure, median
from paceline_bench.large_lake import commit_again, copy_accounts
from paceline_bench.whole_process import cost_of, seconds_of
from paceline_bench.workbench import Workbench

RUNS = 3
ATHLETES, ACTIVITIES, COPIES = 10, 5000, 10
# One record in so many differs from its row.
CHANGED_ONE_IN = 100
_PRODUCTION, _FLOOR = "strava.activities", "public.floor"
_CHUNK = 1 << 20


@dataclass(frozen=True)
class _Publishing:
    """What publishing, or its floor, took."""

    seconds: float
    wal_bytes: int


def measure(bench: Workbench) -> Iterator[Figure]:
    with bench.world(ATHLETES, ACTIVITIES) as sandbox:
        small, large = bench.new_stack(sandbox), bench.new_stack(sandbox)
        small.extract("--streams", "athlete,activities").or_fail("extract")
    copy_accounts(small.variant.lake, large.variant.lake, COPIES, SOURCE)
    yield from _staging(bench, large)
    yield from _publishing(bench, large)
    noop = median(RUNS, lambda: bench.cost(large, "load", "run").seconds)
    version = median(RUNS, lambda: _version(bench, large))
    yield Figure("load.noop_s", noop, "s", f"`load --version`: {version:.2f} s", noop / version)


def _staging(bench: Workbench, stack: Stack) -> Iterator[Figure]:
    """Each stage next to its floor, so both meet the same machine."""
    rows = bench.folder / "rows.txt"
    bench.cost(stack, "load", "stage")
    _save_as_text(stack, rows)
    stages, floors = [], []
    for _ in range(RUNS):
        stages.append(bench.cost(stack, "load", "stage").seconds)
        floors.append(seconds_of(lambda: _copy_text(stack, rows)))
    count = stack.warehouse.rows(f"select count(*) from {_stage(stack)}")[0][0]
    floor = statistics.median(floors)
    ratio = statistics.median(stages) / floor
    yield Figure(
        "load.stage.over_floor", ratio, "times", f"COPY of the same {count:,} rows as text, logged: {floor:.2f} s", ratio
    )


def _publishing(bench: Workbench, stack: Stack) -> Iterator[Figure]:
    """Checks and publishes all rows over themselves, one in a hundred changed."""
    for step in ("check", "publish"):
        bench.cost(stack, "load", step)
    checks, ours, floors = [], [], []
    for generation in range(1, RUNS + 1):
        commit_again(stack.variant.lake, SOURCE, CHANGED_ONE_IN, generation)
        bench.cost(stack, "load", "stage")
        checks.append(bench.cost(stack, "load", "check").seconds)
        floors.append(_merge(stack))
        ours.append(_publish(bench, stack))
    staged = statistics.median(checks)
    yield Figure("load.check_s", staged, "s", "-", staged)
    floor, seconds = (statistics.median(run.seconds for run in runs) for runs in (floors, ours))
    against = f"MERGE … WHEN MATCHED AND row IS DISTINCT FROM of the same rows, 1 in {CHANGED_ONE_IN} changed"
    yield Figure("load.publish.over_floor", seconds / floor, "times", f"{against}: {floor:.2f} s", seconds / floor)
    wal_floor, wal = (statistics.median(run.wal_bytes for run in runs) for runs in (floors, ours))
    ratio = wal / wal_floor
    yield Figure("load.publish_wal.over_floor", ratio, "times", f"{against}: {wal_floor / 2**20:.1f} MiB", ratio)


def _publish(bench: Workbench, stack: Stack) -> _Publishing:
    before = _wal_position(stack)
    seconds = bench.cost(stack, "load", "publish").seconds
    return _Publishing(seconds, _wal_position(stack) - before)


def _merge(stack: Stack) -> _Publishing:
    """Rolled back, which costs nothing: the rows that it wrote are not visited again."""
    sql = _bare_merge(stack)
    before = _wal_position(stack)
    with stack.warehouse.connect() as connection:
        connection.execute("begin")
        seconds = seconds_of(lambda: connection.execute(sql.encode()))
        connection.execute("rollback")
    merged = _Publishing(seconds, _wal_position(stack) - before)
    with stack.warehouse.connect() as connection:
        connection.execute(f"vacuum {_PRODUCTION}".encode())
    return merged


def _bare_merge(stack: Stack) -> str:
    """What publishing would be without tombstones, repeated keys and counts."""
    listed = stack.warehouse.rows(
        "select quote_ident(attname) from pg_attribute"
        f" where attrelid = '{_stage(stack)}'::regclass and attnum > 0 and attname <> '_op'"
    )
    columns = [name for (name,) in listed]
    compared = [name for name in columns if name not in ("id", "_account", "_extracted_at", "_seq")]

    def row(alias: str, names: list[str]) -> str:
        return ", ".join(f"{alias}.{name}" for name in names)

    return f"""
        merge into {_PRODUCTION} as production using {_stage(stack)} as staged
        on production._account = staged._account and production.id = staged.id
        when matched and row({row("production", compared)}) is distinct from row({row("staged", compared)}) then
            update set {", ".join(f"{name} = staged.{name}" for name in [*compared, "_extracted_at", "_seq"])}, _loaded_at = now()
        when not matched then insert ({", ".join(columns)}, _loaded_at) values ({row("staged", columns)}, now())
    """


def _stage(stack: Stack) -> str:
    """The table of the activities that are staged."""
    return f"strava_stage.activities_{stack.warehouse.rows('select max(load_id) from ops.stage')[0][0]}"


def _wal_position(stack: Stack) -> int:
    """In bytes; after a checkpoint, so that each measured part writes the full images of the pages that it changes."""
    with stack.warehouse.connect() as connection:
        connection.execute("checkpoint")
    return int(stack.warehouse.rows("select pg_current_wal_insert_lsn() - '0/0'::pg_lsn")[0][0])


def _save_as_text(stack: Stack, into: Path) -> None:
    with stack.warehouse.connect() as connection, into.open("wb") as out:
        with connection.cursor().copy(f"copy {_stage(stack)} to stdout") as copy:
            for block in copy:
                out.write(block)
        connection.execute(f"create table {_FLOOR} (like {_stage(stack)})")


def _copy_text(stack: Stack, rows: Path) -> None:
    with stack.warehouse.connect() as connection, rows.open("rb") as blocks:
        connection.execute(f"truncate {_FLOOR}")
        with connection.cursor().copy(f"copy {_FLOOR} from stdin") as copy:
            shutil.copyfileobj(blocks, copy, _CHUNK)


def _version(bench: Workbench, stack: Stack) -> float:
    log = stack.variant.logs / "version.log"
    return cost_of(lambda: start_jar(bench.tools, "load", ["--version"], {}, log), log).seconds
