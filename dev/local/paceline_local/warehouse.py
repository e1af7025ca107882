"""A database of a running Postgres, as load and dbt are told of it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

USER = "paceline"
DATABASE = "warehouse"


@dataclass(frozen=True)
class Warehouse:
    """Where a database is and how to enter it."""

    port: int
    password_file: Path
    database: str = DATABASE
    user: str = USER
    host: str = "127.0.0.1"

    @property
    def url(self) -> str:
        """Without the password: a URL that holds one is refused."""
        return f"postgresql://{self.user}@{self.host}:{self.port}/{self.database}"

    @property
    def password(self) -> str:
        return self.password_file.read_text().strip()

    def connect(self, **options: Any) -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(self.url, password=self.password, connect_timeout=10, autocommit=True, **options)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with self.connect() as connection:
            return connection.execute(sql.encode()).fetchall()

    def for_load(self) -> dict[str, str]:
        return {"PACELINE_WAREHOUSE": self.url, "PACELINE_WAREHOUSE_PASSWORD": f"file:{self.password_file}"}

    def for_dbt(self) -> dict[str, str]:
        return {
            "PACELINE_PG_HOST": self.host,
            "PACELINE_PG_PORT": str(self.port),
            "PACELINE_PG_USER": self.user,
            "PACELINE_PG_PASSWORD": self.password,
            "PACELINE_PG_DATABASE": self.database,
        }
