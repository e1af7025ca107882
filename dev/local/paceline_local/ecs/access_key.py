"""The access key of one endpoint: new at each start, and known only to whoever can read its credentials file."""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from paceline_local.failure import Failure
from paceline_local.private_file import write_private

_HEAD = "# Written by the local ECS endpoint at each start.\n"


@dataclass(frozen=True)
class AccessKey:
    """What a client signs its requests with."""

    key_id: str
    secret: str = field(repr=False)

    @staticmethod
    def new() -> "AccessKey":
        return AccessKey(f"LOCAL{secrets.token_hex(8).upper()}", secrets.token_urlsafe(32))

    def write(self, file: Path) -> None:
        """Writes AWS's shared credentials file, with mode 600. Replaces only what an earlier endpoint wrote."""
        try:
            if file.exists() and not file.read_text(errors="replace").startswith(_HEAD):
                raise Failure(f"{file} was not written by this endpoint, which would overwrite it.", "Choose another file.")
            file.unlink(missing_ok=True)
            file.parent.mkdir(parents=True, exist_ok=True)
            write_private(file, f"{_HEAD}[default]\naws_access_key_id = {self.key_id}\naws_secret_access_key = {self.secret}\n")
        except OSError as error:
            raise Failure(f"The access key cannot be written to {file}: {error.strerror}.", "Choose another file.") from None

    def remove(self, file: Path) -> None:
        """Deletes the file if it still holds this key, and not that of an endpoint that was given the same file later."""
        with suppress(FileNotFoundError):
            if self.key_id in file.read_text(errors="replace"):
                file.unlink()


def client_environment(url: str, credentials: Path) -> dict[str, str]:
    """The variables that point AWS's SDKs to the endpoint, with its key and with nothing of the user's own configuration."""
    return {
        "AWS_ENDPOINT_URL_ECS": url,
        "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS": url,
        **credentials_environment(credentials),
    }


def credentials_environment(credentials: Path = Path(os.devnull)) -> dict[str, str]:
    """Only these credentials, or none: no AWS account of this user can be reached by mistake."""
    return {
        "AWS_SHARED_CREDENTIALS_FILE": str(credentials),
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
    }
