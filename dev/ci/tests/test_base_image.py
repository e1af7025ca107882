"""Which bases a build gets: `dev/base-image`, and `dev/images/build`, which asks it. Docker is a script that notes its calls."""

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from paceline_ci.tracked import tracked
from paceline_local.paths import CHECKOUT

BASE_IMAGE = CHECKOUT / "dev" / "base-image"
BUILD = CHECKOUT / "dev" / "images" / "build"
ALONE = "dial tcp: lookup registry-1.docker.io: no such host"
DOCKER = """#!/usr/bin/env bash
if [ "$1" = --version ]; then echo "Docker version 20.10.24, build 1"; exit; fi
echo "$*" >>"$FAKE/calls"
case "$*" in
    manifest*) cat "$FAKE/registry"; exit 1 ;;
    "image inspect --format {{.Size}}"*) echo 1000000 ;;
    "image inspect"*) grep -qxF "${@: -1}" "$FAKE/images" && echo "hash of other versions" ;;
    build*) cat "$FAKE/log"; [ ! -s "$FAKE/log" ] ;;
esac
"""


@dataclass(frozen=True)
class Engine:
    folder: Path

    def run(self, script: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        variables = {name: value for name, value in os.environ.items() if not name.startswith("BASE_")}
        variables |= {"PATH": f"{self.folder}:{os.environ['PATH']}", "FAKE": str(self.folder), "PACELINE_TOOLS": "found"}
        return subprocess.run([script, *arguments], capture_output=True, text=True, env=variables | environment, check=False)

    def has(self, *images: str) -> None:
        (self.folder / "images").write_text("".join(f"{image}\n" for image in images))

    def builds_end_with(self, log: str) -> None:
        (self.folder / "log").write_text(log)

    def calls(self, verb: str) -> list[str]:
        calls = (self.folder / "calls").read_text().splitlines()
        return [call for call in calls if call.startswith(f"{verb} ")]


def engine(folder: Path, registry: str) -> Engine:
    """`registry` is what asking it comes to. The user is not root, on Linux."""
    programs = {"docker": DOCKER, "id": "#!/bin/sh\necho 1000\n", "uname": "#!/bin/sh\necho Linux\n", "flock": "#!/bin/sh\n"}
    for name, text in programs.items():
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    (folder / "registry").write_text(f"{registry}\n")
    for name in ("images", "log", "calls"):
        (folder / name).touch()
    return Engine(folder)


@pytest.mark.parametrize(
    "answer", ['{\n  "schemaVersion": 2', "unauthorized: authentication required", "toomanyrequests: You have reached your limit"]
)
def test_where_a_registry_answers_no_base_is_made(tmp_path: Path, answer: str) -> None:
    done = engine(tmp_path, answer).run(BASE_IMAGE, "--arguments")
    assert (done.returncode, done.stdout) == (0, "")
    assert "public images" in done.stderr


def test_a_registry_is_not_asked_for_images_that_were_pulled(tmp_path: Path) -> None:
    docker = engine(tmp_path, ALONE)
    docker.has("debian:bookworm-slim")
    done = docker.run(BASE_IMAGE, "--arguments", "debian")
    assert (done.returncode, done.stdout) == (0, "")
    assert not docker.calls("manifest")


def test_where_none_answers_stand_ins_serve_even_if_this_user_cannot_make_them_again(tmp_path: Path) -> None:
    docker = engine(tmp_path, ALONE)
    docker.has("paceline-base/debian:bookworm")
    done = docker.run(BASE_IMAGE, "--arguments", "debian")
    assert (done.returncode, done.stdout) == (0, "--build-arg BASE_DEBIAN=paceline-base/debian:bookworm\n")
    assert "`sudo dev/base-image debian` makes it again" in done.stderr


def test_where_none_answers_and_there_is_no_stand_in_root_has_to_make_it(tmp_path: Path) -> None:
    done = engine(tmp_path, ALONE).run(BASE_IMAGE, "debian")
    assert done.returncode == 77
    assert "`sudo dev/base-image debian`, or name an image of your own registry in BASE_DEBIAN." in done.stderr


def test_a_base_in_a_registry_of_ones_own_is_passed_on_and_nothing_is_asked(tmp_path: Path) -> None:
    docker = engine(tmp_path, ALONE)
    done = docker.run(BASE_IMAGE, "--arguments", "debian", BASE_DEBIAN="registry.example:5000/debian:12")
    assert (done.returncode, done.stdout) == (0, "--build-arg BASE_DEBIAN=registry.example:5000/debian:12\n")
    assert docker.calls("manifest") == []


def test_an_unknown_base_is_refused_with_those_that_exist(tmp_path: Path) -> None:
    done = engine(tmp_path, ALONE).run(BASE_IMAGE, "ubuntu")
    assert done.returncode == 64
    assert 'debian jdk maven python postgres go, not "ubuntu"' in done.stderr


def test_a_build_of_all_images_asks_the_registry_once_and_hands_each_the_bases_that_it_has(tmp_path: Path) -> None:
    docker = engine(tmp_path, "toomanyrequests: wait")
    done = docker.run(BUILD, BASE_JDK="registry.example/jdk:25", BASE_PYTHON="registry.example/python:3.12")
    assert done.returncode == 0, done.stderr
    assert len(docker.calls("manifest")) == 1
    builds = docker.calls("build")
    assert len(builds) == 8
    for build in builds:
        file = Path(re.findall(r"--file (\S+)", build)[0])
        for base in ("JDK", "PYTHON"):
            assert (f"--build-arg BASE_{base}=registry.example/" in build) == (f"ARG BASE_{base}=" in file.read_text()), build


@pytest.mark.parametrize(("log", "code"), [(ALONE, 69), ("[ERROR] COMPILATION ERROR : cannot find symbol", 70)])
def test_a_build_that_fails_is_69_only_if_something_does_not_answer(tmp_path: Path, log: str, code: int) -> None:
    docker = engine(tmp_path, "toomanyrequests: wait")
    docker.builds_end_with(f"{log}\n")
    done = docker.run(BUILD, "s3")
    assert done.returncode == code
    assert log in done.stderr


def test_the_public_images_are_those_of_the_dockerfiles() -> None:
    known = set(re.findall(r"\[(\w+)\]=([a-z-]+:\S+?)[\s)]", BASE_IMAGE.read_text()))
    used = {
        (name.lower(), image)
        for file in tracked()
        if file.name == "Dockerfile"
        for name, image in re.findall(r"^ARG BASE_(\w+)=(\S+)$", (CHECKOUT / file).read_text(), re.MULTILINE)
    }
    assert used == known
