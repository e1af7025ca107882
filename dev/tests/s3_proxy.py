"""An S3 that is not well: stands before a real one, and lets every so many requests fail."""

import itertools
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class _Proxy(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, behind: str, every: int) -> None:
        super().__init__(("127.0.0.1", 0), _ProxyHandler)
        self.behind = behind
        self.every = every
        self.numbers = itertools.count(1)
        self.failed: list[str] = []


class _ProxyHandler(BaseHTTPRequestHandler):
    """Every n-th request is in turn answered 503, or carried out and its connection closed unanswered."""

    protocol_version = "HTTP/1.1"
    server: _Proxy

    def _pass(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        number = next(self.server.numbers)
        fails = number % self.server.every == 0
        if fails and number // self.server.every % 2:
            self.server.failed.append("503")
            self._answer(503, {}, b"<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>")
            return
        status, headers, answer = self._ask(body)
        if fails:
            self.server.failed.append("dropped")
            self.close_connection = True
            return
        self._answer(status, headers, answer)

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = _pass  # noqa: N815 as http.server calls them

    def _ask(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        request = urllib.request.Request(self.server.behind + self.path, body or None, dict(self.headers), method=self.command)
        try:
            with urllib.request.urlopen(request, timeout=30) as found:
                return found.status, dict(found.headers), found.read()
        except urllib.error.HTTPError as refused:
            return refused.code, dict(refused.headers), refused.read()

    def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response_only(status)
        kept = {name: value for name, value in headers.items() if name.lower() not in ("connection", "transfer-encoding")}
        lengths = {} if self.command == "HEAD" else {"Content-Length": str(len(body))}
        for name, value in {**kept, **lengths}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing: a test's output is pytest's."""


@contextmanager
def failing_s3(behind: str, every: int) -> Iterator[tuple[str, list[str]]]:
    """Its address, and what has failed so far."""
    proxy = _Proxy(behind, every)
    thread = threading.Thread(target=proxy.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{proxy.server_port}", proxy.failed
    finally:
        proxy.shutdown()
        proxy.server_close()
        thread.join()
