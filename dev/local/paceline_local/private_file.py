"""Files that hold a secret, readable only by their owner from the start."""

import os
from pathlib import Path


def write_private(file: Path, text: str) -> None:
    """Never overwrites: FileExistsError if the file exists."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(text)
