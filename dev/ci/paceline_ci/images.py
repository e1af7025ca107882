"""`make images`: builds the three images and their SBOMs, and prints how large each is and what takes the room."""

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from paceline_local.failure import Failure, exit_with
from paceline_local.logged import run_logged
from paceline_local.paths import CHECKOUT, LOGS
from paceline_local.steps import Steps

from paceline_ci.build_secrets import secret_arguments
from paceline_ci.image_size import ImageSize
from paceline_ci.sbom import write_sbom

BASES = {
    "extract": ("debian", "jdk", "maven"),
    "load": ("debian", "jdk", "maven"),
    "transformation": ("debian", "python"),
}
SBOMS = CHECKOUT / "target" / "sbom"


@dataclass(frozen=True)
class Builder:
    """A docker client that builds by BuildKit, and what every build gets."""

    docker: str
    secrets: list[str]
    labels: list[str]

    def build(self, name: str, *more: str) -> None:
        bases = _script("base-image", "--arguments", *BASES[name]).split()
        # The stand-ins are for machines whose network may need what only the host has, e.g. its resolver.
        network = ["--network", "host"] if bases else []
        command = [self.docker, "build", "--progress=plain", *network, *bases, *self.secrets, *self.labels]
        file = CHECKOUT / name / "Dockerfile"
        log = LOGS / f"image-{name}.log"
        run_logged(name, [*command, *more, "--file", file, "."], log, env={"DOCKER_BUILDKIT": "1"}, cwd=CHECKOUT)


def make_images() -> int:
    docker = _script("images/engine").strip()
    print(f"Building the images with {docker}, which builds by BuildKit", flush=True)
    _script("base-image", "--arguments")  # says which bases it makes, before the steps begin
    steps = Steps()
    version = _version()
    with tempfile.TemporaryDirectory(prefix="paceline-images-") as folder:
        builder = Builder(docker, secret_arguments(Path(folder), os.environ), _label_arguments(version))
        for name in BASES:
            with steps.step(name, "building") as step:
                builder.build(name, "--tag", f"paceline/{name}:dev", "--tag", f"paceline/{name}:latest")
                step.result = f"paceline/{name}:dev"
            with steps.step(name, "listing what is in it") as step:
                found = Path(folder) / f"sbom-{name}"
                builder.build(name, "--target", "sbom", "--output", f"type=local,dest={found}")
                step.result = str(write_sbom(name, version, found, SBOMS).relative_to(CHECKOUT))
    print("", *(line for name in BASES for line in ImageSize.of(docker, f"paceline/{name}:dev").lines()), sep="\n")
    return 0


def _script(name: str, *arguments: str) -> str:
    """The output of a script in dev/; what it says goes to this process's own standard error."""
    done = subprocess.run([CHECKOUT / "dev" / name, *arguments], stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(done.returncode)  # it has said why, in one sentence
    return done.stdout


def _label_arguments(version: str) -> list[str]:
    return ["--build-arg", f"VERSION={version}", "--build-arg", f"REVISION={_revision()}"]


def _revision() -> str:
    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout.strip()

    return git("rev-parse", "HEAD") + ("-dirty" if git("status", "--porcelain") else "")


def _version() -> str:
    found = ElementTree.parse(CHECKOUT / "pom.xml").find("{*}version")  # noqa: S314 our own
    if found is None or not found.text:
        raise Failure("pom.xml has no version.", "Add it: the images are labelled with it.")
    return found.text


if __name__ == "__main__":
    exit_with(make_images)
