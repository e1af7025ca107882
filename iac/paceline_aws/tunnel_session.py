"""The session of Session Manager that forwards a port of this machine. AWS's own programs hold it."""

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from paceline.deployment import Deployment
from paceline_local.failure import UNAVAILABLE, Failure, ignoring_signals

from paceline_aws.tunnel_deployment import Destination
from paceline_aws.tunnel_task import TunnelTask

_DOCUMENT = "AWS-StartPortForwardingSessionToRemoteHost"
_GUIDES = "https://docs.aws.amazon.com"
_PROGRAMS = {
    "aws": f"{_GUIDES}/cli/latest/userguide/getting-started-install.html",
    "session-manager-plugin": f"{_GUIDES}/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html",
}
_END_SECONDS = 5
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def refuse_missing_programs() -> None:
    for program, guide in _PROGRAMS.items():
        if shutil.which(program) is None:
            raise Failure(f"{program} is not on the PATH.", f"Install it: {guide}.")


def forward(task: TunnelTask, deployment: Deployment, to: Destination, port: int) -> int:
    """Returns once the session has ended: by Ctrl-C, by itself, or because it could not begin."""
    parameters = {"host": [to.host], "portNumber": [str(to.port)], "localPortNumber": [str(port)]}
    command = ["aws", "ssm", "start-session", "--region", deployment.region, "--target", task.target(deployment.cluster)]
    command += ["--document-name", _DOCUMENT, "--parameters", json.dumps(parameters)]
    session = None
    try:
        with _deferring_signals():
            # A group of its own: `aws` starts the plugin and, if it is ended alone, leaves the plugin running.
            session = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
        code = session.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        if session:
            with ignoring_signals():
                _end_group(session)
    if code:
        raise Failure("The session ended with an error of Session Manager.", "Its message is above.", UNAVAILABLE)
    return 0


@contextmanager
def _deferring_signals() -> Iterator[None]:
    """A signal in the middle of a start would leave a process that nobody knows: it is raised when the process is known."""
    numbers = [number for number in _STOP_SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
    arrived: list[int] = []
    before = {number: signal.signal(number, lambda got, _: arrived.append(got)) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    for number in arrived:
        signal.raise_signal(number)


def _end_group(session: subprocess.Popen[bytes]) -> None:
    """The plugin ends its session in order on Ctrl-C, and then `aws` ends too. What is left of both is ended in any case."""
    for number in (signal.SIGINT, signal.SIGTERM):
        if session.poll() is None:
            os.killpg(session.pid, number)
            with suppress(subprocess.TimeoutExpired):
                session.wait(_END_SECONDS)
    with suppress(ProcessLookupError):
        os.killpg(session.pid, signal.SIGKILL)
    session.wait()
