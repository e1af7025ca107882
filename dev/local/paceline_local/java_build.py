"""The jars: built by Maven, without tests or formatting, and only after a change of a source, a pom or a contract."""

import hashlib
from pathlib import Path

from paceline_local.class_archive import write_archives
from paceline_local.logged import run_logged
from paceline_local.paths import CHECKOUT, LOGS, STAMPS
from paceline_local.tools import Tools

MODULES = ("cli", "lake", "sources", "extract", "load", "dev/sandbox", "dev/architecture")
JARS = ("extract/target/extract.jar", "load/target/load.jar", "dev/sandbox/target/sandbox.jar")
_STAMP = STAMPS / "java"


def sources_digest(checkout: Path = CHECKOUT) -> str:
    """One hash of everything the jars are built from; deleting or moving a file changes it too."""
    digest = hashlib.sha256()
    for path in sorted(_sources(checkout)):
        digest.update(f"{path.relative_to(checkout)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def is_built() -> bool:
    jars = all((CHECKOUT / jar).is_file() for jar in JARS)
    return jars and _STAMP.is_file() and _STAMP.read_text() == sources_digest()


def build(tools: Tools) -> None:
    digest = begin_build()
    # Tests are not even compiled, which saves half of the time.
    command = [tools.maven, "-B", "-ntp", "-T1C", "-Dmaven.test.skip=true", "package"]
    run_logged("java", command, LOGS / "maven.log", env={"JAVA_HOME": str(tools.java_home)}, cwd=CHECKOUT)
    write_archives(tools)
    mark_built(digest)


def begin_build() -> str:
    """Marks the jars as outdated, in case the build is interrupted, and returns the digest for `mark_built`."""
    _STAMP.unlink(missing_ok=True)
    return sources_digest()


def mark_built(digest: str) -> None:
    """Stores the digest taken *before* the build: a file saved during the build is built next time."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    _STAMP.write_text(digest)


def _sources(checkout: Path) -> list[Path]:
    found = [checkout / "pom.xml", *(checkout / ".mvn").rglob("*")]
    for module in MODULES:
        folder = checkout / module
        found += [folder / "pom.xml", *(folder / "src").rglob("*")]
    sources = checkout / "sources"
    found += [path for path in sources.rglob("*") if (sources / "target") not in path.parents]
    return [path for path in set(found) if path.is_file()]
