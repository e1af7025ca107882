"""The images of `make images`, each run as its task definition says, against servers in containers of one network."""

import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docker
from docker.models.containers import Container
from docker.models.volumes import Volume
from paceline_local.commands import last_report
from paceline_local.compose.simulated_strava import SimulatedStrava
from paceline_local.paths import CHECKOUT
from paceline_local.sandbox_control import CLIENT_ID
from paceline_local.waiting import wait_until
from testcontainers.core.container import DockerContainer
from testcontainers.core.network import Network
from testcontainers.core.wait_strategies import HealthcheckWaitStrategy

CLOCK = "2026-10-31T05:00:00Z"
ACCOUNT = "athlete"
DEFINITIONS = {"extract": "extract-strava", "load": "load", "transformation": "transformation"}
_SANDBOX_PORT = 8091
_HOLDER = "holder of a lock"
_SESSIONS = "select from pg_stat_activity where application_name"
# Run in the image of the ECS endpoint, whose /tokens belongs to the user of all images.
_FIRST_TOKEN = """
import json, sys
from pathlib import Path
from paceline_local.tokens import put_first_token
put_first_token(Path("/tokens"), "strava", sys.argv[1], json.loads(sys.argv[2]))
"""


@dataclass(frozen=True)
class Ended:
    """A container that has ended, and is gone. `report` is its last line, or empty if it wrote none."""

    exit_code: int
    output: str

    @property
    def report(self) -> dict[str, Any]:
        return last_report(self.output)


@dataclass(frozen=True)
class Pipeline:
    """The servers of one lake and one warehouse, and the settings by which the images find them."""

    tag: str
    network: Network
    postgres: DockerContainer
    sandbox: SimulatedStrava
    environment: Mapping[str, Mapping[str, str]]
    volumes: Mapping[str, Mapping[str, dict[str, str]]]
    """By image and the name of a volume, as Docker's SDK takes them."""

    @staticmethod
    @contextmanager
    def started(client: docker.DockerClient, network: Network, tag: str, folder: Path) -> Iterator["Pipeline"]:
        password, key_id, secret_key = (secrets.token_hex(16) for _ in range(3))
        with ExitStack() as stack:
            ca, tokens = (stack.enter_context(_volume(client)) for _ in range(2))
            passwords = {"WAREHOUSE_PASSWORD": password, "AIRFLOW_PASSWORD": secrets.token_hex(16)}
            postgres = server("postgres", tag, network, environment=passwords, volumes={ca.name: {"bind": "/ca", "mode": "rw"}})
            # For the server's own socket, as in the local stack.
            postgres.tmpfs["/var/run/postgresql"] = "mode=1777"
            stack.enter_context(postgres)
            keys = {"ROOT_ACCESS_KEY": key_id, "ROOT_SECRET_KEY": secret_key}
            bucket = {**keys, "PACELINE_BUCKET": "lake", "AWS_REGION": "eu-west-1"}
            stack.enter_context(server("s3", tag, network, environment=bucket))
            options = ["--host=0.0.0.0", "--name=sandbox", f"--port={_SANDBOX_PORT}", "--limits=off", f"--clock={CLOCK}"]
            container = server("sandbox", tag, network, port=_SANDBOX_PORT).with_command([*options, "--athletes=1", "--years=1"])
            sandbox = _control_of(stack.enter_context(container), folder)
            _put_first_token(client, tag, tokens, sandbox)
            lake = {
                "PACELINE_LAKE": "s3://lake/prefix",
                "AWS_ENDPOINT_URL_S3": "http://s3:7070",
                "AWS_ACCESS_KEY_ID": key_id,
                "AWS_SECRET_ACCESS_KEY": secret_key,
                "AWS_REGION": "eu-west-1",
            }
            strava = {
                "PACELINE_TOKENS": "file:///tokens",
                "PACELINE_STRAVA_ACCOUNTS": ACCOUNT,
                "PACELINE_STRAVA_CLIENT_ID": CLIENT_ID,
                "PACELINE_STRAVA_CLIENT_SECRET": sandbox.client_secret,
                "PACELINE_STRAVA_API_URL": f"http://sandbox:{_SANDBOX_PORT}/api/v3",
                "PACELINE_STRAVA_OAUTH_URL": f"http://sandbox:{_SANDBOX_PORT}/oauth",
            }
            # No sslmode: the warehouse is not on loopback, so its certificate is verified.
            warehouse = {
                "PACELINE_WAREHOUSE": "postgresql://paceline@postgres:5432/warehouse",
                "PACELINE_WAREHOUSE_PASSWORD": password,
                "PACELINE_WAREHOUSE_CA": "/ca/ca.pem",
            }
            trusted = {ca.name: {"bind": "/ca", "mode": "ro"}}
            yield Pipeline(
                tag,
                network,
                postgres,
                sandbox,
                {"extract": {**lake, **strava}, "load": {**lake, **warehouse}, "transformation": warehouse},
                {"extract": {tokens.name: {"bind": "/tokens", "mode": "rw"}}, "load": trusted, "transformation": trusted},
            )

    @contextmanager
    def running(self, image: str, *command: str, **environment: str) -> Iterator[Container]:
        """A container as ECS would run it: with the memory of its task, and nothing writable but /tmp."""
        task = definition(image)
        container = (
            DockerContainer(f"paceline/{image}:{self.tag}")
            .with_command(list(command))
            .with_network(self.network)
            .with_envs(**{**self.environment[image], **environment})
            .with_kwargs(
                read_only=True,
                cap_drop=["ALL"],
                security_opt=["no-new-privileges:true"],
                mem_limit=f"{task['memory']}m",
                memswap_limit=f"{task['memory']}m",
            )
        )
        container.tmpfs["/tmp"] = ""
        container.volumes = dict(self.volumes[image])
        with container:
            yield container.get_wrapped_container()

    def run(self, image: str, *command: str, **environment: str) -> Ended:
        with self.running(image, *command, **environment) as container:
            return ended(container)

    def rows(self, sql: str) -> list[str]:
        """By the superuser, who signs in inside the server's container only; the columns of a row are separated by `|`."""
        command = ["psql", "--username", "postgres", "--dbname", "warehouse", "--no-align", "--tuples-only", "--command", sql]
        code, output = self.postgres.exec(command)
        assert code == 0, output.decode()
        return output.decode().splitlines()

    @contextmanager
    def locked(self, table: str) -> Iterator[None]:
        """A table that a session of the superuser's locks until the end."""
        sql = f"begin; lock table {table} in access exclusive mode; select pg_sleep(3600)"
        command = ["psql", "--username", "postgres", "--dbname", "warehouse", "--command", sql]
        self.postgres.get_wrapped_container().exec_run(command, detach=True, environment={"PGAPPNAME": _HOLDER})
        try:
            holds = f"{_SESSIONS} = '{_HOLDER}' and wait_event = 'PgSleep'"
            wait_until(lambda: self._found(holds), f"{table} was not locked", "")
            yield
        finally:
            self.rows(f"select pg_terminate_backend(pid, 60000) from pg_stat_activity where application_name = '{_HOLDER}'")

    def waits(self, application: str) -> bool:
        """Whether one of its sessions waits for a lock."""
        return self._found(f"{_SESSIONS} = '{application}' and wait_event_type = 'Lock'")

    def is_connected(self, application: str) -> bool:
        return self._found(f"{_SESSIONS} = '{application}'")

    def _found(self, sql: str) -> bool:
        return self.rows(f"select exists ({sql})") == ["t"]


def definition(image: str) -> dict[str, Any]:
    file = CHECKOUT / "orchestration" / "containers" / f"{DEFINITIONS[image]}.json"
    return dict(json.loads(file.read_text()))


def ended(container: Container, seconds: int | None = None) -> Ended:
    """Waits for its end; an error if it is still running after this many seconds."""
    code = int(container.wait(timeout=seconds)["StatusCode"])
    return Ended(code, container.logs().decode(errors="replace"))


def server(
    name: str,
    tag: str,
    network: Network,
    *,
    environment: Mapping[str, str] | None = None,
    volumes: Mapping[str, dict[str, str]] | None = None,
    port: int | None = None,
) -> DockerContainer:
    """One server of the local stack, which is started once its image's healthcheck says that it is ready.

    :param port: one that the tests call, through a free port of loopback
    """
    container = (
        DockerContainer(f"paceline/{name}:{tag}")
        .with_network(network)
        .with_network_aliases(name)
        .with_envs(**(environment or {}))
        .waiting_for(HealthcheckWaitStrategy().with_startup_timeout(300))
    )
    container.volumes = dict(volumes or {})
    if port:
        container.ports[f"{port}/tcp"] = ("127.0.0.1", None)  # type: ignore[assignment] as Docker's SDK takes it
    return container


@contextmanager
def _volume(client: docker.DockerClient) -> Iterator[Volume]:
    volume = client.volumes.create()
    try:
        yield volume
    finally:
        volume.remove()


def _control_of(sandbox: DockerContainer, folder: Path) -> SimulatedStrava:
    """The sandbox's control API on a port of loopback, with copies of the files that hold its keys."""
    for name in ("ready.json", "client-secret"):
        code, content = sandbox.exec(["cat", f"/state/{name}"])
        assert code == 0, content
        (folder / name).write_bytes(content)
    return SimulatedStrava(folder, f"http://127.0.0.1:{sandbox.get_exposed_port(_SANDBOX_PORT)}")


def _put_first_token(client: docker.DockerClient, tag: str, tokens: Volume, sandbox: SimulatedStrava) -> None:
    (athlete,) = sandbox.athletes()
    client.containers.run(
        f"paceline/ecs:{tag}",
        [ACCOUNT, json.dumps(athlete)],
        entrypoint=["python3", "-c", _FIRST_TOKEN],
        volumes={tokens.name: {"bind": "/tokens", "mode": "rw"}},
        network_mode="none",
        remove=True,
    )
