"""How large the images are, and how long a container of each takes to print its version, beyond one that does nothing."""

import statistics
import subprocess
import time
from collections.abc import Iterator

from paceline_ci.image_size import ImageSize
from paceline_ci.images import NAMES
from paceline_local.paths import CHECKOUT

from paceline_bench.figure import Figure
from paceline_bench.workbench import Workbench

RUNS = 15
_PUBLIC_DEBIAN = "debian:bookworm-slim"
_MB = 1_000_000
# As Airflow starts them, but without a network, whose set-up takes a tenth of a second, more or less.
_RUN = ("run", "--rm", "--network", "none", "--read-only", "--tmpfs", "/tmp")  # noqa: S108 in a container


def measure(_bench: Workbench) -> Iterator[Figure]:
    engine = subprocess.run([CHECKOUT / "dev" / "images" / "engine"], capture_output=True, text=True, check=False)
    if engine.returncode:
        print(f"image.*: skipped. {engine.stderr.strip().removeprefix('paceline: ')}", flush=True)
        return
    docker = engine.stdout.strip()
    built = [name for name in NAMES if _exists(docker, _image(name))]
    for name in NAMES:
        if name not in built:
            print(f"image.{name}*: skipped. {_image(name)} is not built: run `make images`.", flush=True)
    for name in built:
        size = ImageSize.of(docker, _image(name))
        largest = max(size.parts, key=lambda part: size.parts[part])
        against = f"{largest}: {size.parts[largest] / _MB:.1f} MB"
        yield Figure(f"image.{name}_mb", size.compressed / _MB, "MB", against, size.compressed / size.parts[largest])
    if built:
        yield from _starts(docker, built)


def _starts(docker: str, names: list[str]) -> Iterator[Figure]:
    """All alternate, so other load on the machine affects each."""
    noop = [docker, *_RUN, _debian(), "true"]
    commands = {"": noop, **{name: [docker, *_RUN, _image(name), "--version"] for name in names}}
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(RUNS):
        for name, command in commands.items():
            seconds[name].append(_seconds(command))
    floor = statistics.median(seconds[""])
    for name in names:
        ours = statistics.median(seconds[name])
        against = f"`true` in the Debian base: {floor:.3f} s; `{name} --version`: {ours:.3f} s"
        yield Figure(f"image.{name}.start_over_noop_s", ours - floor, "s", against, ours / floor)


def _debian() -> str:
    asked = subprocess.run(
        [CHECKOUT / "dev" / "base-image", "--arguments", "debian"], stdout=subprocess.PIPE, text=True, check=True
    )
    return asked.stdout.strip().partition("=")[2] or _PUBLIC_DEBIAN


def _image(name: str) -> str:
    return f"paceline/{name}:dev"


def _exists(docker: str, image: str) -> bool:
    return not subprocess.run([docker, "image", "inspect", image], capture_output=True, check=False).returncode


def _seconds(command: list[str]) -> float:
    began = time.monotonic()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.monotonic() - began
