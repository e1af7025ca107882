"""The commands on this machine that replace images where containers are processes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from paceline_local.ecs.json_files import read_object, string_map
from paceline_local.failure import Failure


@dataclass(frozen=True)
class ProcessImage:
    """`argv` is the entry point; a task's command is appended to it."""

    argv: list[str]
    env: Mapping[str, str] = field(default_factory=dict)
    cwd: Path | None = None


def image_name(reference: str) -> str:
    """Without registry, tag and digest: `123.dkr.ecr.eu-west-1.amazonaws.com/paceline/extract:1.2` is `paceline/extract`."""
    name = reference.partition("@")[0]
    host, slash, path = name.partition("/")
    if slash and ("." in host or ":" in host or host == "localhost"):
        name = path
    folder, slash, last = name.rpartition("/")
    return folder + slash + last.partition(":")[0]


def read_images(path: Path) -> dict[str, ProcessImage]:
    """From a file like {"paceline/extract": {"argv": ["java", …], "env": {…}, "cwd": "…"}}; env and cwd are optional."""
    return {name: _image(value, f"The image {name} in {path}") for name, value in read_object(path, "The images").items()}


def _image(value: Any, where: str) -> ProcessImage:
    if not isinstance(value, dict) or not value.keys() <= {"argv", "env", "cwd"}:
        raise Failure(f"{where} is not an object of argv, env and cwd.", 'Write it as {"argv": ["java", "-jar", "extract.jar"]}.')
    argv, cwd = value.get("argv"), value.get("cwd")
    if not isinstance(argv, list) or not argv or not all(isinstance(word, str) for word in argv):
        raise Failure(f"{where} has no command.", "Give argv a list of strings, the program first.")
    if not isinstance(cwd, str | None):
        raise Failure(f"{where} has a cwd that is not a string.", "Name a folder, or leave it out.")
    return ProcessImage(argv, string_map(value.get("env", {}), f"The env of {where}"), Path(cwd) if cwd else None)
