"""A dbt project of our materializations and a few small models, for tests of what others attach to marts."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from paceline_local.commands import Outcome, dbt_log, run_dbt, start_dbt, wait_or_kill
from paceline_local.paths import CHECKOUT
from paceline_local.waiting import wait_until
from paceline_local.warehouse import Warehouse

PROJECT = CHECKOUT / "transformation"
# Every object that somebody can create, by its id, so that one that was created again differs. Without what Postgres creates
# inside of others.
OBJECTS = """
    select distinct classid::regclass || ' ' || objid as id, pg_describe_object(classid, objid, 0) as description
    from pg_depend
    where
        objid >= 16384
        and deptype <> 'i'
        and classid <> 'pg_type'::regclass
        and not (classid = 'pg_class'::regclass and objid in (select oid from pg_class where relname ~ '^pg_toast'))
        and not (classid = 'pg_constraint'::regclass and objid in (select oid from pg_constraint where contype = 'n'))
        and not (classid = 'pg_trigger'::regclass and objid in (select oid from pg_trigger where tgisinternal))
        and not (classid = 'pg_rewrite'::regclass and objid in (select oid from pg_rewrite where rulename = '_RETURN'))
"""
COLUMNS = "id integer, name text not null, size numeric"
WAITING = (
    "select from pg_stat_activity where datname = current_database() and application_name = 'dbt' and wait_event_type = 'Lock'"
)


@dataclass(frozen=True)
class Marts:
    """`folder` has the project, at first with the model `dwh.thing`, which is `raw.thing` with its three rows."""

    warehouse: Warehouse
    folder: Path

    @staticmethod
    def create(warehouse: Warehouse, folder: Path) -> "Marts":
        project = folder / "project"
        shutil.copytree(PROJECT / "macros", project / "macros")
        for file in ("dbt_project.yml", "profiles.yml"):
            shutil.copy(PROJECT / file, project / file)
        marts = Marts(warehouse, folder)
        marts.sql("create schema raw; create table raw.thing (id integer, name text, size numeric)")
        marts.sql("insert into raw.thing values (1, 'a', 1.0), (2, 'b', 2), (3, 'c', 3)")
        marts.model("thing", "select * from raw.thing", COLUMNS)
        return marts

    def copy(self, folder: Path) -> "Marts":
        """The same in a database of its own."""
        shutil.copytree(self.folder / "project", folder / "project")
        database = f"{self.warehouse.database}_{folder.name[:40].lower()}"
        with replace(self.warehouse, database="postgres").connect() as connection:
            connection.execute(f"create database {database} template {self.warehouse.database}".encode())
        return Marts(replace(self.warehouse, database=database), folder)

    def model(self, name: str, query: str, columns: str, *, key: str = "id", config: str = "", layer: str = "marts/core") -> None:
        """Writes a model; `columns` are like `id integer, name text not null`. An empty key leaves it out."""
        models = self.folder / "project" / "models" / layer
        models.mkdir(parents=True, exist_ok=True)
        lines = ["models:", f"  - name: {name}", f"    config: {{{config}}}"]
        if key:
            lines.append(f"    constraints: [{{type: primary_key, columns: [{key}]}}]")
        lines.append("    columns:")
        for column in columns.split(", "):
            column_name, _, data_type = column.partition(" ")
            required = ", constraints: [{type: not_null}]" if data_type.endswith(" not null") else ""
            data_type = data_type.removesuffix(" not null")
            lines.append(f"      - {{name: {column_name}, data_type: {data_type}, description: About {column_name}.{required}}}")
        (models / f"{name}.sql").write_text(query + "\n")
        (models / f"{name}.yml").write_text("\n".join(lines) + "\n")

    def run(self, *words: str) -> Outcome:
        return run_dbt(["run", *words], self._settings(), self.folder / "target")

    def _settings(self) -> dict[str, str]:
        project = str(self.folder / "project")
        return {**self.warehouse.settings(), "DBT_PROJECT_DIR": project, "DBT_PROFILES_DIR": project}

    def built(self, *words: str) -> list[str]:
        """Runs dbt, which must succeed. Returns what its report says was dropped."""
        return self.run(*words).or_fail("dbt").get("dropped", [])

    def output(self) -> str:
        return dbt_log(self.folder / "target").read_text()

    def failed(self, exit_code: int, *words: str) -> dict[str, str]:
        """Runs dbt, which must fail with this code. Returns the error of its report."""
        outcome = self.run(*words)
        assert outcome.exit_code == exit_code, outcome.report
        return outcome.report["error"]

    @contextmanager
    def waiting_for(self, lock: str, runs: int = 1) -> Iterator[None]:
        """Starts dbt, which must wait for what this statement locks, and lets it continue and succeed after the block."""
        with ExitStack() as stack:
            holder = stack.enter_context(self.warehouse.connect())
            with holder.transaction():
                holder.execute(lock.encode())
                targets = [self.folder / f"target-{number}" for number in range(runs)]
                processes = [start_dbt(["run"], self._settings(), target) for target in targets]
                for process in processes:
                    stack.callback(process.wait)
                    stack.callback(process.kill)
                wait_until(lambda: len(self.rows(WAITING)) == runs, "dbt did not wait for the lock", f"Logs: {targets}")
                yield
            for process, target in zip(processes, targets, strict=True):
                assert wait_or_kill(process) == 0, dbt_log(target).read_text()

    def sql(self, *statements: str) -> None:
        with self.warehouse.connect() as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def rows(self, query: str) -> list[tuple]:
        return self.warehouse.rows(query)

    def objects(self) -> dict[str, str]:
        return dict(self.rows(OBJECTS))
