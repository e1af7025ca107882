"""HTTP for the endpoint: reads requests, verifies whose they are, writes responses, and closes every connection at its end."""

import json
import logging
import socket
import socketserver
import sys
import threading
import uuid
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any

from paceline_local.ecs.host_names import HostNames
from paceline_local.ecs.protocol import Protocol

_logger = logging.getLogger(__name__)

_MAX_REQUEST_BYTES = 1_048_576


class Server(socketserver.ThreadingTCPServer):
    """One thread per connection; clients keep their connections open between calls."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, host: str, port: int, names: HostNames, protocol: Protocol) -> None:
        self.protocol = protocol
        self.names = names
        self._connections: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__((host, port), _Handler)

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        with self._lock:
            self._connections.add(connection)
        return connection, address

    def close_request(self, request: Any) -> None:
        with self._lock:
            self._connections.discard(request)
        super().close_request(request)

    def end(self) -> None:
        """Serves no more requests, not even on open connections."""
        self.shutdown()
        self.server_close()
        with self._lock:
            for connection in self._connections:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 the base class defines the signature
        """A client that disconnects in the middle of a response is not an error."""
        if isinstance(sys.exception(), ConnectionError):
            _logger.debug("The client at %s disconnected.", client_address)
        else:
            _logger.exception("A connection from %s failed.", client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # In seconds. An idle connection is closed after this long, and clients open another.
    timeout = 300
    disable_nagle_algorithm = True
    server: Server

    def do_POST(self) -> None:
        hosts = self.headers.get_all("Host", [])
        if not self.server.names.allow(hosts):
            given = f"The host {', '.join(hosts) or '(none)'}"
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST, explain=f"{given} is not one of {self.server.names}.")
        elif self.path != "/":
            self.send_error(HTTPStatus.NOT_FOUND)
        else:
            self._read()

    def _read(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdigit():
            self.send_error(HTTPStatus.LENGTH_REQUIRED)
        elif len(length) > len(str(_MAX_REQUEST_BYTES)) or int(length) > _MAX_REQUEST_BYTES:
            self.send_error(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        else:
            body = self.rfile.read(int(length))
            if len(body) == int(length):
                self._respond(body)

    def _respond(self, body: bytes) -> None:
        status, response = self.server.protocol.handle(self.headers, body)
        text = json.dumps(response).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/x-amz-json-1.1")
        self.send_header("Content-Length", str(len(text)))
        self.send_header("x-amzn-RequestId", str(uuid.uuid4()))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, format: str, *args: Any) -> None:
        _logger.debug(format, *args)
