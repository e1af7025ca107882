"""The log-in of Airflow's pages and API: one user, whose password is new at each `make airflow`."""

import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from paceline_local.private_file import write_private

USER = "admin"


class HasPassword(Protocol):
    """Whatever knows the password of the user `admin`."""

    @property
    def password(self) -> str: ...


@dataclass(frozen=True)
class Login:
    """The file that Airflow's simple auth manager reads passwords from, with mode 600."""

    file: Path

    def renew(self) -> None:
        self.file.unlink(missing_ok=True)
        write_private(self.file, json.dumps({USER: secrets.token_urlsafe(18)}))

    @property
    def password(self) -> str:
        return str(json.loads(self.file.read_text())[USER])

    def environment(self) -> dict[str, str]:
        return {
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "False",
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{USER}:admin",
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(self.file),
        }
