"""The command line that runs one of our jars on a laptop."""

from pathlib import Path

from paceline_local.paths import CHECKOUT
from paceline_local.tools import Tools


def jar_command(tools: Tools, jar: Path) -> list[str]:
    return [str(tools.java), f"@{CHECKOUT / 'dev' / 'java.options'}", "-jar", str(jar)]
