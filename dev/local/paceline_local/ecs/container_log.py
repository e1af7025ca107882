"""The log of one container: a text file for users, and the stream that GetLogEvents reads."""

import os
import re
from pathlib import Path
from types import TracebackType

from paceline_local.ecs.container_definitions import ContainerDefinition
from paceline_local.ecs.line_splitter import LineSplitter
from paceline_local.ecs.streams import Stream, Streams


class ContainerLog:
    """The file holds the raw bytes, the stream holds lines. A container without awslogs only has the file."""

    def __init__(self, path: Path, stream: Stream | None) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        # It may name athletes and what they did: it is not for other users of the machine.
        self._file = os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab")
        self._stream = stream
        self._lines = LineSplitter()
        self.last_line = ""

    def write(self, chunk: bytes) -> None:
        self._file.write(chunk)
        self._file.flush()
        self._keep(self._lines.feed(chunk))

    def close(self) -> None:
        self._keep(self._lines.end())
        self._file.close()

    def __enter__(self) -> "ContainerLog":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _keep(self, events: list[str]) -> None:
        if events:
            self.last_line = events[-1]
            if self._stream:
                self._stream.append(events)


def open_log(folder: Path, streams: Streams, container: ContainerDefinition, task_id: str) -> ContainerLog:
    stream = streams.open(container.log.group, _stream_name(container, task_id)) if container.log else None
    return ContainerLog(log_file(folder, container, task_id), stream)


def log_file(folder: Path, container: ContainerDefinition, task_id: str) -> Path:
    """Named like the stream, without any character that could lead out of the folder."""
    return folder / (re.sub(r"[^A-Za-z0-9_-]+", "-", _stream_name(container, task_id)).strip("-") + ".log")


def _stream_name(container: ContainerDefinition, task_id: str) -> str:
    suffix = f"{container.name}/{task_id}"
    return f"{container.log.prefix}/{suffix}" if container.log else suffix
