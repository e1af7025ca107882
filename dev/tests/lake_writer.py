"""Commits lines to a lake that extract has written to, whatever they are: what extract itself would never commit."""

import gzip
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path


def commit_lines(lake: Path, source: str, stream: str, lines: Iterable[bytes]) -> None:
    """Commits them after the last commit of the lake's only account. Holds one line at a time."""
    last = max((lake / "log" / source).glob("*/*.json"))
    before = json.loads(last.read_text())
    number = before["number"] + 1
    key = f"bronze/{source}/{before['account']}/{stream}/ds={before['ds']}/{before['run']}/part-{number:05}.jsonl.gz"
    (lake / key).parent.mkdir(parents=True, exist_ok=True)
    rows = 0
    with gzip.open(lake / key, "wb", 1) as part_file:
        for line in lines:
            part_file.write(line + b"\n")
            rows += 1
    packed = (lake / key).read_bytes()
    part = {"stream": stream, "key": key, "rows": rows, "bytes": len(packed), "sha256": hashlib.sha256(packed).hexdigest()}
    commit = {**before, "number": number, "sequence": number, "complete": [], "parts": [part]}
    last.with_name(f"{number:010}.json").write_text(json.dumps(commit, separators=(",", ":")))


def envelope(account: str, id_: int, members: bytes) -> bytes:
    """The line of an activity with these members."""
    head = f'{{"account":"{account}","key":[{id_}],"extracted_at":"2026-10-31T05:00:00Z","op":"upsert","data":{{"id":{id_}'
    return head.encode() + b"," + members + b"}}"
