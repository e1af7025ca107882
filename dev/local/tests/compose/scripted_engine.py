"""dev/up and other scripts of the local stack, run with an engine that is a script."""

import os
import subprocess
from pathlib import Path

from paceline_local.paths import CHECKOUT

# Without variables it has no images and no containers. Compose gets none of the variables.
_ENGINE = """#!/usr/bin/env bash
case "$*" in
    --version) echo "Docker version 28.0.0, build 1" ;;
    "ps "*service=deploy*) echo ${DEPLOY:-} ;;
    "inspect "*) echo "exited 78 2999-01-01T00:00:00Z" ;;
    "buildx version" | "compose version" | version* | ps*) ;;
    "image inspect"* | "volume inspect"*) exit ${HAS:-1} ;;
    "run "*" --entrypoint stat "*) echo "${SOCKET:-socket 42}" ;;
    "run "*" --entrypoint ls "*) exit ${READS_DAGS:-0} ;;
    "run "*" --entrypoint cat "*) exit ${READS_CA:-0} ;;
    "compose "*" up --detach"*) echo $$ >"$0.starting"; exec sleep 60 ;;
    "compose "*" logs "*) echo "the last lines of deploy" ;;
    "compose "*" config") env ;;
    *) echo "unexpected: $*" >&2; exit 9 ;;
esac
"""


def write(file: Path, **lines: str) -> None:
    with file.open("a") as out:
        out.writelines(f"{name}={value}\n" for name, value in lines.items())


def start(tmp_path: Path, script: str, settings: Path, *options: str, **variables: str) -> "subprocess.Popen[str]":
    docker = tmp_path / "bin" / "docker"
    docker.parent.mkdir(exist_ok=True)
    docker.write_text(_ENGINE)
    docker.chmod(0o755)
    environment = {**os.environ, "PATH": f"{docker.parent}:{os.environ['PATH']}", "PACELINE_STACK": str(settings), **variables}
    command = [CHECKOUT / "dev" / script, *options]
    return subprocess.Popen(command, env=environment, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def run(tmp_path: Path, script: str, settings: Path, *options: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    with start(tmp_path, script, settings, *options, **variables) as process:
        out, err = process.communicate()
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)
