"""Puts, reads and deletes one object in the lake, to check the permissions that extract needs."""

import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

import boto3
from botocore.exceptions import BotoCoreError, ClientError
from paceline_local.failure import UNAVAILABLE, USAGE, Failure

_BODY = b"written by make test-live, which deletes it again\n"


class _Target(Protocol):
    def put(self) -> None: ...
    def read(self) -> bytes | None: ...
    def delete(self) -> None: ...


class _File:
    def __init__(self, path: Path) -> None:
        self._path = path

    def put(self) -> None:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._path.open("xb") as file:
            file.write(_BODY)

    def read(self) -> bytes | None:
        return self._path.read_bytes() if self._path.exists() else None

    def delete(self) -> None:
        self._path.unlink()


class _Object:
    def __init__(self, s3: Any, bucket: str, key: str) -> None:
        self._s3 = s3
        self._where = {"Bucket": bucket, "Key": key}

    def put(self) -> None:
        self._s3.put_object(**self._where, Body=_BODY, IfNoneMatch="*")

    def read(self) -> bytes | None:
        try:
            return bytes(self._s3.get_object(**self._where)["Body"].read())
        except self._s3.exceptions.NoSuchKey:
            return None

    def delete(self) -> None:
        self._s3.delete_object(**self._where)


def put_read_and_delete(lake: str, region: str | None) -> str:
    """Returns what was done, or raises a Failure. Without a region, the profile's is used."""
    name = f"test-live-{secrets.token_hex(8)}"
    try:
        with _open_target(lake, region, name) as target:
            target.put()
            try:
                read = target.read()
            finally:
                target.delete()
            left = target.read()
    except (OSError, BotoCoreError, ClientError) as refused:
        what = f"Putting, reading and deleting {name} in the lake {lake} failed: {refused}."
        raise Failure(what, "Check the address and the credentials.", UNAVAILABLE) from None
    if read != _BODY or left is not None:
        raise Failure(f"The lake {lake} did not return {name} as it was put.", "Use another store.", UNAVAILABLE)
    return f"put, read and deleted one object in {lake}"


@contextmanager
def _open_target(lake: str, region: str | None, name: str) -> Iterator[_Target]:
    parts = urlsplit(lake)
    match parts.scheme:
        case "file":
            yield _File(Path(unquote(parts.path)) / name)
        case "s3":
            with closing(boto3.client("s3", region_name=region)) as s3:
                yield _Object(s3, parts.netloc, f"{parts.path.strip('/')}/{name}".lstrip("/"))
        case _:
            raise Failure(f"A lake cannot be at {lake}.", "Give file:///dir or s3://bucket/prefix.", USAGE)
