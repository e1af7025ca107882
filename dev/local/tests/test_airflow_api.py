"""`AirflowApi.refuses_foreign_hosts`, on a server that refuses what Airflow's middleware would refuse."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from paceline_local.orchestration.api import AirflowApi
from paceline_local.orchestration.login import Login


@contextmanager
def serving(*, refuses: bool) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            own = self.headers["Host"] == f"127.0.0.1:{self.server.server_port}"
            self.send_response(200 if own or not refuses else 400)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize("refuses", [True, False])
def test_a_server_that_responds_to_any_name_is_noticed(tmp_path: Path, refuses: bool) -> None:
    with serving(refuses=refuses) as url:
        assert AirflowApi(url, Login(tmp_path / "login.json")).refuses_foreign_hosts() is refuses
