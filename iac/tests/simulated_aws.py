"""An empty AWS account on loopback."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from paceline_local.environments import VENVS
from paceline_local.loopback import no_proxy_for_loopback
from paceline_local.ports import free_port, is_free
from paceline_local.waiting import wait_until

os.environ.update(no_proxy_for_loopback(os.environ))

_SERVER = Path(__file__).with_name("moto_server.py")


@contextmanager
def simulated_aws(folder: Path) -> Iterator[str]:
    """Its address. What it logs goes into the folder, which has to exist."""
    port, log = free_port(), folder / "moto.log"
    with log.open("wb") as out:
        command = [VENVS / "dev" / "bin" / "python", _SERVER, "-H", "127.0.0.1", "-p", str(port)]
        server = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
    try:
        wait_until(lambda: not is_free(port), "moto did not start", f"See {log}.", seconds=300)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()
