"""`make images`: builds the three images and their SBOMs, and prints how large each is and what takes the room."""

import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

from paceline_local.failure import Failure, exit_with
from paceline_local.paths import CHECKOUT

from paceline_ci.image_size import ImageSize
from paceline_ci.sbom import write_sbom

NAMES = ("extract", "load", "transformation")
SBOMS = CHECKOUT / "target" / "sbom"
_IMAGES = CHECKOUT / "dev" / "images"


def make_images() -> int:
    docker = _run([_IMAGES / "engine"], stdout=subprocess.PIPE).strip()
    print(f"Building the images with {docker}, which builds by BuildKit", flush=True)
    version = _version()
    with tempfile.TemporaryDirectory(prefix="paceline-images-") as folder:
        _run([_IMAGES / "build", "--sboms", folder, *NAMES])
        sboms = [write_sbom(name, version, Path(folder) / name, SBOMS).relative_to(CHECKOUT) for name in NAMES]
    for name in NAMES:
        _run([docker, "tag", f"paceline/{name}:dev", f"paceline/{name}:latest"])
    print("", *(line for name in NAMES for line in ImageSize.of(docker, f"paceline/{name}:dev").lines()), sep="\n")
    print("", "What is in them", *(f"  {sbom}" for sbom in sboms), sep="\n")
    return 0


def _run(command: list[str | Path], stdout: int | None = None) -> str:
    """Returns what it prints if `stdout` is a pipe. If it fails, it has said why, and its exit code is ours."""
    done = subprocess.run(command, stdout=stdout, text=True, check=False)
    if done.returncode:
        sys.exit(done.returncode)
    return done.stdout or ""


def _version() -> str:
    found = ElementTree.parse(CHECKOUT / "pom.xml").find("{*}version")  # noqa: S314 our own
    if found is None or not found.text:
        raise Failure("pom.xml has no version.", "Add it: the images are labelled with it.")
    return found.text


if __name__ == "__main__":
    exit_with(make_images)
