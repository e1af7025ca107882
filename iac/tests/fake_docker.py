"""A machine's Docker that pretends: it has images, and pushes to a simulated ECR (see the program `docker` beside this file)."""

import json
import sys
from pathlib import Path

REVISION = "0123456789abcdef0123456789abcdef01234567"


def pretend_docker(folder: Path) -> Path:
    """Installs it in `folder/bin`, and returns the folder for FAKE_DOCKER; it has no images yet."""
    state, programs = folder / "docker", folder / "bin"
    state.mkdir()
    programs.mkdir()
    script = (Path(__file__).parent / "docker").read_text().partition("\n")[2]
    (programs / "docker").write_text(f"#!{sys.executable}\n{script}")
    (programs / "docker").chmod(0o755)
    return state


def build(docker: Path, revision: str, *, architecture: str = "arm64", digit: str = "a") -> None:
    labels = {"org.opencontainers.image.revision": revision}
    image = {"Id": f"sha256:{digit * 64}", "Architecture": architecture, "Config": {"Labels": labels}}
    names = [f"paceline/{name}:dev" for name in ("extract", "load", "transformation")]
    (docker / "images.json").write_text(json.dumps(dict.fromkeys(names, image)))
