"""ECS as far as a tunnel needs it: a task whose states are given, and a record of every call."""

import json
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

TASK = "arn:aws:ecs:eu-west-1:123456789012:task/paceline-qa/0123456789abcdef"
_CONTAINER = {"name": "tunnel", "runtimeId": "0123456789abcdef-1"}
# What DescribeTasks says of the task, in the order in which a task gets there.
NOT_YET: dict[str, Any] = {"tasks": []}
PENDING = {"tasks": [{"taskArn": TASK, "lastStatus": "PENDING", "containers": []}]}
STOPPED = {"tasks": [{"taskArn": TASK, "lastStatus": "STOPPED", "stoppedReason": "CannotPullContainerError."}]}


def running(agent: str) -> dict[str, Any]:
    container = {**_CONTAINER, "managedAgents": [{"name": "ExecuteCommandAgent", "lastStatus": agent}]}
    return {"tasks": [{"taskArn": TASK, "lastStatus": "RUNNING", "containers": [container]}]}


class FakeEcs:
    """`states` are the responses of DescribeTasks, the last of which stays; `refused` actions are answered with an error.

    `unlisted` is how often ListTasks does not show the new task yet.
    """

    def __init__(self, states: Iterable[dict[str, Any]], refused: str = "", unlisted: int = 0) -> None:
        self.states, self.refused, self.unlisted = deque(states), refused, unlisted
        self.reasons: list[str] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.starting, self.may_start = Event(), Event()
        self.may_start.set()

    @property
    def actions(self) -> list[str]:
        """Without the polls that come one after the other."""
        names = [name for name, _ in self.calls]
        return [name for i, name in enumerate(names) if i == 0 or name != names[i - 1]]

    def requests(self, action: str) -> list[dict[str, Any]]:
        return [body for name, body in self.calls if name == action]

    def respond(self, action: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        self.calls.append((action, body))
        if action == self.refused:
            return 400, {"__type": "AccessDeniedException", "message": f"not authorized to perform: ecs:{action}"}
        match action:
            case "RunTask":
                self.starting.set()
                self.may_start.wait()
                if self.reasons:
                    return 200, {"tasks": [], "failures": [{"reason": reason} for reason in self.reasons]}
                return 200, {"tasks": [{"taskArn": TASK}], "failures": []}
            case "DescribeTasks":
                return 200, self.states.popleft() if len(self.states) > 1 else self.states[0]
            case "ListTasks":
                self.unlisted -= 1
                return 200, {"taskArns": [TASK] if self.unlisted < 0 else []}
            case _:
                return 200, {"task": {"taskArn": TASK}}


@contextmanager
def serving(ecs: FakeEcs) -> Iterator[str]:
    """The address at which it answers."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, response = ecs.respond(self.headers["X-Amz-Target"].partition(".")[2], body)
            payload = json.dumps(response).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/x-amz-json-1.1")
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        def log_message(self, *_: Any) -> None:
            """Nothing: pytest's output is for findings."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        ecs.may_start.set()
        server.shutdown()
        thread.join()
        server.server_close()
