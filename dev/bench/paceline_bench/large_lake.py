"""A lake with many more records than the sandbox simulates: the accounts of a small one, copied with ids of their own."""

import gzip
import hashlib
import json
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

# More than any id of the sandbox, so copies do not collide.
_ID_STEP = 10**13
_KEY = re.compile(rb'("key":\[)(\d+)(?=\])')
_ID = re.compile(rb'((?:"data":\{|,)"id":)(\d+)(?=,"(?:start_date|username)")')
_NAME = b'"name":"'


def copy_accounts(lake: Path, into: Path, copies: int, source: str) -> None:
    """Writes the lake `into`: each account of `lake` `copies` times, each copy with ids of its own."""
    for file in lake.glob("*.json"):
        shutil.copyfile(file, _parent_made(into / file.name))
    for log, commit in _commits(lake, source):
        for copy in range(copies):
            account = f"{commit['account']}-{copy}"
            was, now = (f'{{"account":"{name}"'.encode() for name in (commit["account"], account))

            def renamed(line: bytes, was: bytes = was, now: bytes = now, offset: int = copy * _ID_STEP) -> bytes:
                line = now + line.removeprefix(was)
                return _ID.sub(lambda found: _shifted(found, offset), _KEY.sub(lambda found: _shifted(found, offset), line, 1), 1)

            parts = []
            for part in commit["parts"]:
                key = part["key"].replace(f"/{commit['account']}/", f"/{account}/")
                parts.append({**part, "key": key, **_rewrite(lake / part["key"], into / key, renamed)})
            _write_commit(into / "log" / source / account / log.name, {**commit, "account": account, "parts": parts})


def commit_again(lake: Path, source: str, every: int, generation: int) -> None:
    """Commits each record of the first commits once more, one in `every` with another name. `generation` counts from 1."""
    lines = 0

    def renamed(line: bytes) -> bytes:
        nonlocal lines
        lines += 1
        return line.replace(_NAME, _NAME + f"{generation} ".encode(), 1) if lines % every == 0 else line

    commits = list(_commits(lake, source))
    lengths = Counter(log.parent for log, _ in commits)
    for log, commit in commits:
        first = lengths[log.parent] // generation
        if commit["number"] > first:
            continue
        number = commit["number"] + generation * first
        parts = []
        for part in commit["parts"]:
            key = re.sub(r"part-\d+", lambda found: f"part-{int(found[0][5:]) + 1000 * generation:05}", part["key"])
            parts.append({**part, "key": key, **_rewrite(lake / part["key"], lake / key, renamed)})
        _write_commit(log.with_name(f"{number:010}.json"), {**commit, "number": number, "sequence": number, "parts": parts})


def _commits(lake: Path, source: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    for log in sorted((lake / "log" / source).glob("*/*.json")):
        yield log, json.loads(log.read_text())


def _shifted(found: re.Match[bytes], offset: int) -> bytes:
    return found[1] + str(int(found[2]) + offset).encode()


def _rewrite(part: Path, into: Path, change: Callable[[bytes], bytes]) -> dict[str, Any]:
    """The size and hash of the part that it writes."""
    lines = gzip.decompress(part.read_bytes()).splitlines(keepends=True)
    packed = gzip.compress(b"".join(map(change, lines)), 1)
    _parent_made(into).write_bytes(packed)
    return {"bytes": len(packed), "sha256": hashlib.sha256(packed).hexdigest()}


def _write_commit(file: Path, commit: dict[str, Any]) -> None:
    _parent_made(file).write_text(json.dumps(commit, separators=(",", ":")))


def _parent_made(file: Path) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    return file
