"""A database of a running Postgres, with the settings that load and dbt need to connect to it."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

USER = "paceline"
DATABASE = "warehouse"


@dataclass(frozen=True)
class Warehouse:
    """Where a database is and how to connect to it."""

    port: int
    password_file: Path
    database: str = DATABASE
    user: str = USER
    host: str = "127.0.0.1"
    ca: Path | None = None
    """The CA whose certificate the server must show; without one, the connection stays on loopback and has no TLS."""

    def ensure_database(self, database: str) -> "Warehouse":
        """Another database on the same server, created if necessary."""
        if not self.rows(f"select from pg_database where datname = '{database}'"):
            with self.connect() as connection:
                connection.execute(f"create database {database}")
        return replace(self, database=database)

    def drop(self, database: str) -> None:
        """Even while others are connected to it."""
        with self.connect() as connection:
            connection.execute(f"drop database if exists {database} with (force)")

    def identity(self) -> str:
        """Identifies this database in this cluster; a recreated one of the same name has a different identity."""
        sql = "select system_identifier, oid from pg_control_system(), pg_database where datname = current_database()"
        return "/".join(map(str, self.rows(sql)[0]))

    @property
    def url(self) -> str:
        """For clients that use libpq, such as psql. Without the password, which is in its own file."""
        tls = f"?sslmode=verify-full&sslrootcert={quote(str(self.ca))}" if self.ca else ""
        return f"{self._address}{tls}"

    @property
    def password(self) -> str:
        return self.password_file.read_text().strip()

    def connect(self, **options: Any) -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(self.url, password=self.password, connect_timeout=10, autocommit=True, **options)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with self.connect() as connection:
            return connection.execute(sql.encode()).fetchall()

    def settings(self) -> dict[str, str]:
        """For load and dbt."""
        ca = {"PACELINE_WAREHOUSE_CA": str(self.ca)} if self.ca else {}
        return {"PACELINE_WAREHOUSE": self._address, "PACELINE_WAREHOUSE_PASSWORD": f"file:{self.password_file}", **ca}

    def for_airflow(self) -> str:
        """A SQLAlchemy URL. It contains the password, because SQLAlchemy cannot read it from a file."""
        return f"postgresql+psycopg2://{self.user}:{quote(self.password, safe='')}@{self.host}:{self.port}/{self.database}"

    @property
    def _address(self) -> str:
        return f"postgresql://{self.user}@{self.host}:{self.port}/{self.database}"
