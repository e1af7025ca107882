"""How large an image is when it is pulled, and which of its layers take the room."""

import io
import json
import subprocess
import tarfile
import zlib
from collections import Counter
from dataclasses import dataclass
from typing import IO

# What a layer holds, by a part of the instruction that made it.
_PARTS = (
    ("/root-fs", "libraries of Debian"),
    ("/opt/jre", "JRE"),
    ("/target/lib", "jars of libraries"),
    (".jar", "the command's jar"),
    (".aot", "AOT cache"),
    ("/opt/dbt", "dbt and its packages"),
    ("COPY /app", "models and paceline_dbt"),
    ("/ca/bundle.crt", "CA bundle"),
)
_BASE = "base"
_MB = 1_000_000
_CHUNK = 1 << 20


@dataclass(frozen=True)
class ImageSize:
    """Bytes as `docker save | gzip` has them, and compressed bytes of each part."""

    image: str
    compressed: int
    parts: dict[str, int]

    @staticmethod
    def of(docker: str, image: str) -> "ImageSize":
        history = subprocess.run(
            [docker, "history", "--no-trunc", "--format", "{{json .}}", image], capture_output=True, text=True, check=True
        ).stdout
        made_by = [json.loads(line)["CreatedBy"] for line in reversed(history.splitlines())]
        config, layers, total = _saved(docker, image)
        filled = [made for made, entry in zip(made_by, config["history"], strict=True) if not entry.get("empty_layer")]
        parts: Counter[str] = Counter()
        for made, size in zip(filled, layers, strict=True):
            parts[_part(made)] += size
        return ImageSize(image, total, dict(parts))

    def lines(self) -> list[str]:
        total = sum(self.parts.values())
        rows = [
            f"  {name:<26} {size / _MB:7.1f} MB {size / total:5.0%}" for name, size in sorted(self.parts.items(), key=_largest)
        ]
        return [f"{self.image}: {self.compressed / _MB:.1f} MB (docker save | gzip)", *rows, ""]


def _largest(part: tuple[str, int]) -> int:
    return -part[1]


def _part(made_by: str) -> str:
    return next((name for word, name in _PARTS if word in made_by), _BASE)


def _saved(docker: str, image: str) -> tuple[dict, list[int], int]:
    """The image's configuration, the compressed size of each layer, and that of the whole archive, read once as a stream."""
    with subprocess.Popen([docker, "save", image], stdout=subprocess.PIPE) as save:
        archive = _Counted(save.stdout)
        sizes: dict[str, int] = {}
        documents: dict[str, bytes] = {}
        with tarfile.open(fileobj=archive, mode="r|") as tar:
            for member in tar:
                content = tar.extractfile(member) if member.isfile() else None
                if content is None:  # a link to a layer that another one repeats, which takes no room
                    sizes[member.name] = 0
                elif member.size < _CHUNK:  # may be a layer or a document: engines name them differently
                    documents[member.name] = content.read()
                    sizes[member.name] = _compressed(io.BytesIO(documents[member.name]))
                else:
                    sizes[member.name] = _compressed(content)
        archive.read_rest()
    if save.returncode:
        raise subprocess.CalledProcessError(save.returncode, save.args)
    manifest = json.loads(documents["manifest.json"])[0]
    config = json.loads(documents[manifest["Config"]])
    return config, [sizes[name] for name in manifest["Layers"]], archive.compressed


class _Counted:
    """A stream that counts how many bytes gzip makes of what is read from it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._gzip = zlib.compressobj(6, zlib.DEFLATED, 31)
        self.compressed = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.compressed += len(self._gzip.compress(data))
        return data

    def read_rest(self) -> None:
        while self.read(_CHUNK):
            pass
        self.compressed += len(self._gzip.flush())


def _compressed(content: IO[bytes]) -> int:
    gzip, size = zlib.compressobj(6, zlib.DEFLATED, 31), 0
    while data := content.read(_CHUNK):
        size += len(gzip.compress(data))
    return size + len(gzip.flush())
