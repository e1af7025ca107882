"""The command line that runs one of our jars on a laptop."""

from pathlib import Path

from paceline_local.class_archive import OPTIONS, archive_option
from paceline_local.tools import Tools


def jar_command(tools: Tools, jar: Path) -> list[str]:
    return [str(tools.java), f"@{OPTIONS}", *archive_option(jar), "-jar", str(jar)]
