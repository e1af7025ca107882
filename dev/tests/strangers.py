"""What a process of another user sees of a server here: its sockets, and its responses to a request without credentials."""

import http.client
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from paceline_local.waiting import PATIENCE

# 127.0.0.1 in /proc/net/tcp, and in /proc/net/tcp6, where Java's sockets are.
LOOPBACK = {"0100007F", "0000000000000000FFFF00000100007F"}


def request(url: str, method: str, path: str, body: dict[str, Any] | None = None, host: str | None = None) -> int:
    """The status of the response to a request without any credentials."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=PATIENCE)
    headers = {"Content-Type": "application/json", **({"Host": host} if host else {})}
    connection.request(method, path, None if body is None else json.dumps(body), headers)
    status = connection.getresponse().status
    connection.close()
    return status


def listening(pids: set[int]) -> set[tuple[str, int]]:
    """Addresses, as in /proc/net/tcp, and ports on which these processes listen."""
    inodes = {target(fd) for pid in pids for fd in Path(f"/proc/{pid}/fd").iterdir()}
    rows = [line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]]
    local = [row[1].split(":") for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in inodes]
    return {(address, int(port, 16)) for address, port in local}


def target(fd: Path) -> str:
    """What an open file of a process is; empty if it has been closed meanwhile."""
    try:
        return str(fd.readlink())
    except FileNotFoundError:
        return ""
