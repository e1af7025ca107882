"""An S3 that fails or lacks something: a proxy in front of a real one."""

import itertools
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from paceline_local.waiting import PATIENCE


class _Proxy(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, behind: str, every: int = 0, ignored: frozenset[str] = frozenset()) -> None:
        super().__init__(("127.0.0.1", 0), _ProxyHandler)
        self.behind = behind
        self.every = every
        self.ignored = ignored
        self.numbers = itertools.count(1)
        self.failed: list[str] = []


class _ProxyHandler(BaseHTTPRequestHandler):
    """Every n-th request fails, alternately with a 503 and by carrying it out and closing the connection without a response.

    Some headers are not passed on.
    """

    protocol_version = "HTTP/1.1"
    server: _Proxy

    def _handle(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        number = next(self.server.numbers)
        fails = self.server.every > 0 and number % self.server.every == 0
        if fails and number // self.server.every % 2:
            self.server.failed.append("503")
            self._respond(503, {}, b"<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>")
            return
        status, headers, response = self._forward(body)
        if fails:
            self.server.failed.append("dropped")
            self.close_connection = True
            return
        self._respond(status, headers, response)

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = _handle  # noqa: N815 as http.server calls them

    def _forward(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        headers = {name: value for name, value in self.headers.items() if name.lower() not in self.server.ignored}
        request = urllib.request.Request(self.server.behind + self.path, body or None, headers, method=self.command)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as response:
                return response.status, dict(response.headers), response.read()
        except urllib.error.HTTPError as error:
            return error.code, dict(error.headers), error.read()

    def _respond(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response_only(status)
        kept = {name: value for name, value in headers.items() if name.lower() not in ("connection", "transfer-encoding")}
        lengths = {} if self.command == "HEAD" else {"Content-Length": str(len(body))}
        for name, value in {**kept, **lengths}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Logs nothing, to keep the output of the tests clean."""


@contextmanager
def failing_s3(behind: str, every: int) -> Iterator[tuple[str, list[str]]]:
    """Yields the URL of an S3 that makes every n-th request fail, and the failures so far."""
    with _serving(_Proxy(behind, every)) as proxy:
        yield f"http://127.0.0.1:{proxy.server_port}", proxy.failed


@contextmanager
def s3_that_ignores(header: str, behind: str) -> Iterator[str]:
    """Yields the URL of an S3 that does not know a header of requests."""
    with _serving(_Proxy(behind, ignored=frozenset({header.lower()}))) as proxy:
        yield f"http://127.0.0.1:{proxy.server_port}"


@contextmanager
def _serving(proxy: _Proxy) -> Iterator[_Proxy]:
    thread = threading.Thread(target=proxy.serve_forever, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.shutdown()
        proxy.server_close()
        thread.join()
