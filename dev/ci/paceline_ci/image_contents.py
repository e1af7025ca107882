"""Looks for words in what `docker save` writes: each file of each layer, also one that a later layer deletes, and the history."""

import tarfile
from io import BufferedReader
from typing import IO, cast

_GZIP = b"\x1f\x8b"
_TAR, _TAR_AT = b"ustar", 257


def files_with(words: dict[bytes, str], saved: IO[bytes]) -> list[str]:
    """`words` are bytes, each with what it is. What is found is named by layer and path; files in archives stay closed."""
    found = []
    with tarfile.open(fileobj=saved, mode="r|") as image:
        for member in image:
            file = cast("BufferedReader | None", image.extractfile(member) if member.isreg() else None)
            if file is None:
                continue
            head = file.peek(_TAR_AT + len(_TAR))
            if head.startswith(_GZIP) or head[_TAR_AT:].startswith(_TAR):
                found += _in_layer(words, member.name, file)
            else:
                found += _in_file(words, member.name, file)
    while saved.read(1 << 16):
        pass  # Docker has not ended until all is read
    return found


def _in_layer(words: dict[bytes, str], name: str, layer: BufferedReader) -> list[str]:
    found = []
    with tarfile.open(fileobj=layer, mode="r|*") as files:
        for member in files:
            # A link leads to a file that is itself in a layer; its stream cannot go back there.
            file = files.extractfile(member) if member.isreg() else None
            if file is not None:
                found += _in_file(words, f"{name}: {member.name}", cast("BufferedReader", file))
    return found


def _in_file(words: dict[bytes, str], path: str, file: BufferedReader) -> list[str]:
    content = file.read()
    return [f"{path} has {what}" for word, what in words.items() if word in content or word in path.encode()]
