"""The files of the checkout that git tracks or would add."""

import subprocess
from pathlib import Path

from paceline_local.paths import CHECKOUT


def tracked() -> list[Path]:
    """Everything that is not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [CHECKOUT / name for name in listed.split("\0") if name and (CHECKOUT / name).is_file()]


def shown(file: Path) -> Path:
    """Relative to the checkout, if it is in there."""
    return file.relative_to(CHECKOUT) if file.is_relative_to(CHECKOUT) else file
