"""The Postgres binaries: zonky's builds for this machine, fetched by Maven and unpacked once under `.paceline/`."""

import platform
import shutil
import tarfile
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from paceline_local.failure import Failure
from paceline_local.logged import run_logged
from paceline_local.paths import CHECKOUT, LOGS, ROOT
from paceline_local.tools import Tools

_SYSTEMS = {"Linux": "linux", "Darwin": "darwin"}
_MACHINES = {"x86_64": "amd64", "amd64": "amd64", "aarch64": "arm64v8", "arm64": "arm64v8"}


@dataclass(frozen=True)
class Binaries:
    """One version of Postgres for one platform."""

    version: str
    machine: str

    @property
    def artifact(self) -> str:
        return f"embedded-postgres-binaries-{self.machine}:{self.version}"

    @property
    def folder(self) -> Path:
        return ROOT / f"postgres-{self.version}-{self.machine}"

    def is_unpacked(self) -> bool:
        return (self.folder / "bin" / "postgres").is_file()

    def unpack(self, tools: Tools) -> None:
        """Unpacks into a temporary folder and renames it, so the final folder is always complete."""
        ROOT.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=ROOT, prefix="unpacking-") as work:
            jar = self._fetch(tools, Path(work))
            with zipfile.ZipFile(jar) as archive:
                name = next(name for name in archive.namelist() if name.endswith(".txz"))
                archive.extract(name, work)
            complete = Path(work) / "postgres"
            with tarfile.open(Path(work) / name, "r:xz") as tar:
                tar.extractall(complete, filter="tar")
            shutil.rmtree(self.folder, ignore_errors=True)
            complete.rename(self.folder)

    def _fetch(self, tools: Tools, into: Path) -> Path:
        plugin = f"org.apache.maven.plugins:maven-dependency-plugin:{_root_pom_version('dependency-plugin.version')}:copy"
        name, _, version = self.artifact.partition(":")
        artifact = f"-Dartifact=io.zonky.test.postgres:{name}:{version}"
        command = [tools.maven, "-B", "-ntp", "-N", plugin, artifact, f"-DoutputDirectory={into}"]
        run_logged("postgres", command, LOGS / "postgres-binaries.log", env={"JAVA_HOME": str(tools.java_home)}, cwd=CHECKOUT)
        return into / f"{name}-{version}.jar"


def for_this_machine(version: str | None = None) -> Binaries:
    """The binaries of the root pom's version, or of another one to test an old server."""
    system, machine = _SYSTEMS.get(platform.system()), _MACHINES.get(platform.machine())
    if system is None or machine is None:
        raise Failure(
            f"There is no embedded Postgres for {platform.system()} on {platform.machine()}.",
            "Paceline's demo runs on Linux and macOS, on amd64 and arm64.",
        )
    return Binaries(version or _root_pom_version("embedded-postgres-binaries.version"), f"{system}-{machine}")


def _root_pom_version(name: str) -> str:
    pom = ElementTree.parse(CHECKOUT / "pom.xml")  # noqa: S314 our own
    found = pom.find(f".//{{*}}properties/{{*}}{name}")
    if found is None or not found.text:
        raise Failure(f"pom.xml has no property {name}.", "Add it: versions are set in the root pom.")
    return found.text
