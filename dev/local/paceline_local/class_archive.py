"""Archives of the classes that the jars load, from which a JVM starts in half the time."""

import subprocess
import tempfile
from pathlib import Path

from paceline_local.clean_environment import clean_environment
from paceline_local.paths import CHECKOUT, LOGS
from paceline_local.tools import Tools

OPTIONS = CHECKOUT / "dev" / "java.options"

# Runs that load most of the classes, and change nothing: nothing listens at that port.
_TRAINING = {"extract/target/extract.jar": ["describe", "strava"], "load/target/load.jar": ["status", "strava"]}
_NOWHERE = {"PACELINE_LAKE": "file:///nowhere", "PACELINE_WAREHOUSE": "postgresql://nobody@127.0.0.1:1/nothing"}


def write_archives(tools: Tools) -> None:
    """Writes the archive of each jar. Without one, for example on a JVM that cannot write it, a jar only starts more slowly."""
    for name, words in _TRAINING.items():
        jar = CHECKOUT / name
        archive, log = _archive_of(jar), LOGS / f"archive-{jar.stem}.log"
        archive.unlink(missing_ok=True)
        log.parent.mkdir(parents=True, exist_ok=True)
        command = [tools.java, f"@{OPTIONS}", f"-XX:ArchiveClassesAtExit={archive}", "-jar", jar, *words]
        with tempfile.TemporaryDirectory() as folder, log.open("wb") as out:
            environment = clean_environment(_NOWHERE)
            subprocess.run(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd=folder, env=environment, check=False)


def archive_option(jar: Path) -> list[str]:
    """The option that uses the archive of a jar, if it has one that is not older than itself."""
    archive = _archive_of(jar)
    is_current = archive.exists() and archive.stat().st_mtime >= jar.stat().st_mtime
    return [f"-XX:SharedArchiveFile={archive}"] if is_current else []


def _archive_of(jar: Path) -> Path:
    return jar.with_suffix(".jsa")
