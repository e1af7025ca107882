"""Files that hold a secret: their owner's alone from the first byte on."""

import os
from pathlib import Path


def write_private(file: Path, text: str) -> None:
    """Never over another one: FileExistsError where it is there."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(text)
