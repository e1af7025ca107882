"""The least that a client of the API has to do, for floors: one open connection, gzip, bodies not inspected."""

import http.client
import json
import zlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode, urlsplit

from paceline_local.failure import UNAVAILABLE, Failure
from paceline_local.sandbox import Sandbox
from paceline_local.sandbox_control import CLIENT_ID

_GZIP = 31
_PAGE = 200


class BareClient:
    """Calls the sandbox's API for one athlete; its token is valid for longer than a run takes."""

    def __init__(self, sandbox: Sandbox, refresh_token: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(sandbox.url).netloc, timeout=60)
        form = {"client_id": CLIENT_ID, "client_secret": sandbox.client_secret}
        form |= {"grant_type": "refresh_token", "refresh_token": refresh_token}
        token = json.loads(self._body("POST", "/oauth/token", {}, urlencode(form)))["access_token"]
        self._headers = {"Authorization": f"Bearer {token}", "Accept-Encoding": "gzip"}

    def get(self, path: str) -> bytes:
        return self._body("GET", f"/api/v3{path}", self._headers)

    def pages(self) -> Iterator[list[dict[str, Any]]]:
        """The activity listing by page number, parsed, because a client needs the ids in it."""
        page = 1
        while activities := json.loads(self.get(f"/athlete/activities?per_page={_PAGE}&page={page}")):
            yield activities
            page += 1

    def close(self) -> None:
        self._connection.close()

    def _body(self, method: str, path: str, headers: dict[str, str], form: str | None = None) -> bytes:
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        self._connection.request(method, path, form, {**headers, **kind})
        response = self._connection.getresponse()
        body = response.read()
        if response.status != http.client.OK:
            raise Failure(f"The sandbox returned {response.status} for {method} {path}.", "See its log.", UNAVAILABLE)
        return zlib.decompress(body, _GZIP) if response.getheader("Content-Encoding") == "gzip" else body
