"""The command line that runs one of our jars on a laptop."""

from contextlib import suppress
from pathlib import Path

from paceline_local.paths import CHECKOUT
from paceline_local.tools import Tools


def jar_command(tools: Tools, jar: Path) -> list[str]:
    options = CHECKOUT / "dev" / "java.options"
    archive = _current_archive(jar)
    return [str(tools.java), f"@{options}", f"-XX:SharedArchiveFile={archive}", "-jar", str(jar)]


def _current_archive(jar: Path) -> Path:
    """Where the classes of the jar are archived. The JVM writes an archive that is missing; it keeps that of an older jar."""
    archive = jar.with_suffix(".jsa")
    with suppress(FileNotFoundError):
        if archive.stat().st_mtime < jar.stat().st_mtime:
            archive.unlink()
    return archive
