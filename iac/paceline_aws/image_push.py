"""Images of this machine's Docker, and the registry in AWS that they are pushed to."""

import base64
import json
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self

from paceline_local.failure import UNAVAILABLE, Failure

from paceline_aws.calls import call_aws

_ARCHITECTURES = {"amd64": "X86_64", "arm64": "ARM64"}
_NETWORK = "Check the network, and run it again."
_REVISION = "org.opencontainers.image.revision"


@dataclass(frozen=True)
class LocalImage:
    """An image that was built here. `architecture` is as ECS names it."""

    name: str
    id: str
    architecture: str
    revision: str

    @classmethod
    def find(cls, name: str) -> Self:
        done = _docker("image", "inspect", name)
        if done.returncode:
            _require_engine()
            raise Failure(f"Docker has no image {name}: {_last_line(done)}.", "Build it with `make images`.")
        image = json.loads(done.stdout)[0]
        architecture = _ARCHITECTURES.get(image["Architecture"], image["Architecture"])
        revision = (image["Config"].get("Labels") or {}).get(_REVISION, "unknown")
        return cls(name, image["Id"], architecture, revision)

    @property
    def tag(self) -> str:
        """The commit, and what was built of it: tags cannot be changed, so two builds of a commit need two."""
        commit, _, dirty = self.revision.partition("-")
        return "-".join(filter(None, [commit[:12], dirty, self.id.removeprefix("sha256:")[:12]]))


@dataclass(frozen=True)
class Registry:
    """ECR, with a login that is kept in a folder of its own and ends with it."""

    ecr: Any
    config: str

    @classmethod
    @contextmanager
    def signed_in(cls, ecr: Any) -> Iterator[Self]:
        """The password is given to Docker on its standard input, and is valid for twelve hours."""
        token = call_aws("Signing in to ECR", ecr.get_authorization_token)["authorizationData"][0]
        user, _, password = base64.b64decode(token["authorizationToken"]).decode().partition(":")
        host = token["proxyEndpoint"].partition("://")[2]
        with tempfile.TemporaryDirectory(prefix="paceline-docker-") as config:
            done = _docker("--config", config, "login", "--username", user, "--password-stdin", host, given=password)
            if done.returncode:
                raise Failure(f"Docker could not sign in to {host}: {_last_line(done)}.", _NETWORK, UNAVAILABLE)
            yield cls(ecr, config)

    def push(self, image: LocalImage, repository: str) -> str:
        """Returns the image as a task definition names it: by its digest, which nobody can move to another."""
        digest = self._digest(repository, image.tag)
        if digest is None:
            target = f"{repository}:{image.tag}"
            print(f"pushing {target}", flush=True)
            for words in (("tag", image.name, target), ("--config", self.config, "push", "--quiet", target)):
                done = _docker(*words)
                if done.returncode:
                    raise Failure(f"Docker could not push {target}: {_last_line(done)}.", _NETWORK, UNAVAILABLE)
            digest = self._digest(repository, image.tag)
        if digest is None:
            raise Failure(f"{repository} has no image {image.tag} after the push.", "Run it again.", UNAVAILABLE)
        return f"{repository}@{digest}"

    def _digest(self, repository: str, tag: str) -> str | None:
        name = repository.partition("/")[2]
        wanted = {"repositoryName": name, "imageIds": [{"imageTag": tag}]}

        def describe() -> str | None:
            try:
                return str(self.ecr.describe_images(**wanted)["imageDetails"][0]["imageDigest"])
            except self.ecr.exceptions.ImageNotFoundException:
                return None

        return call_aws(f"Looking for {name}:{tag}", describe)


def _require_engine() -> None:
    done = _docker("version", "--format", "{{.Server.Version}}")
    if done.returncode:
        remedy = "Start the Docker engine, and check that you may use it."
        raise Failure(f"Docker's engine does not respond: {_last_line(done)}.", remedy, UNAVAILABLE)


def _docker(*words: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(["docker", *words], input=given, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise Failure("docker was not found.", "Install Docker (https://docs.docker.com/engine/install).") from None


def _last_line(done: subprocess.CompletedProcess[str]) -> str:
    lines = (done.stderr or done.stdout).strip().splitlines()
    return lines[-1].rstrip(".") if lines else f"exit {done.returncode}"
