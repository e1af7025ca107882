"""Containers as processes on this machine: each leads its own session, and what it started ends with it."""

import os
import select
import signal
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from paceline_local.ecs.containers import CannotStart, Container, ContainerSpec
from paceline_local.ecs.images import ProcessImage, image_name
from paceline_local.marks import end_marked, mark
from paceline_local.processes import kill_group, signal_group

__all__ = ["ProcessImage", "ProcessRunner"]

# The only variables a process gets from the shell that started the endpoint: no account, no credentials.
_BASICS = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")
_CHUNK = 65_536
# More than a pipe holds on any system: output written before the end cannot exceed it.
_MAX_PIPE_BYTES = 1_048_576
_POLL_MS = 50
# In seconds: long enough for a container to commit what it has.
_GRACE = 10


class ProcessRunner:
    """Starts the command that replaces an image."""

    def __init__(self, images: Mapping[str, ProcessImage]) -> None:
        self._images = dict(images)
        self._basics = {name: os.environ[name] for name in _BASICS if name in os.environ}

    def start(self, spec: ContainerSpec) -> Container:
        image = self._images.get(image_name(spec.image))
        if image is None:
            known = ", ".join(sorted(self._images)) or "none"
            raise CannotStart("CannotPullContainerError", f"no command replaces the image {spec.image}; known are {known}")
        argv = [*(spec.entry_point or image.argv), *spec.command]
        if not argv:
            raise CannotStart("CannotStartContainerError", f"neither the image {spec.image} nor the task names a command")
        try:
            process = subprocess.Popen(
                argv,
                cwd=image.cwd,
                env={**self._basics, **image.env, **spec.environment, **mark(spec.owner)},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:  # ValueError: a NUL in an argument or a variable
            raise CannotStart("CannotStartContainerError", f"{argv[0]} of the image {spec.image}: {error}") from error
        return _ProcessContainer(process)

    def end_left_behind(self, owner: Path) -> bool:
        return end_marked(owner, _GRACE) > 0

    def close(self) -> None:
        """Nothing to close."""


class _ProcessContainer:
    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._out = process.stdout
        self._signalling = threading.Lock()
        self._over = False

    def output(self) -> Iterator[bytes]:
        """Ends with the process, even if a child that left its session keeps the pipe open forever."""
        out = self._out.fileno()
        readable = select.poll()
        readable.register(out, select.POLLIN)
        while self._process.poll() is None:
            if readable.poll(_POLL_MS):
                chunk = os.read(out, _CHUNK)
                if not chunk:
                    return
                yield chunk
        self._end_group()
        yield from self._remaining(out)

    def wait(self) -> int:
        code = self._process.wait()
        self._end_group()
        return code if code >= 0 else 128 - code

    def terminate(self) -> None:
        self._signal(signal.SIGTERM)

    def kill(self) -> None:
        self._signal(signal.SIGKILL)

    def remove(self) -> None:
        self.kill()
        self.wait()
        self._out.close()

    def _remaining(self, out: int) -> Iterator[bytes]:
        os.set_blocking(out, False)
        budget = _MAX_PIPE_BYTES
        with suppress(BlockingIOError):
            while budget > 0 and (chunk := os.read(out, _CHUNK)):
                budget -= len(chunk)
                yield chunk

    def _end_group(self) -> None:
        """In a container nothing outlives the first process. Only once: the id of an empty group may be reused."""
        with self._signalling:
            if not self._over:
                self._over = True
                kill_group(self._process.pid)

    def _signal(self, sign: signal.Signals) -> None:
        with self._signalling:
            if not self._over:
                signal_group(self._process.pid, sign)
