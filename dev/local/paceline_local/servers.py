"""`make stop` and `make demo-clean`: stops the servers and containers of demos, and deletes what demos created."""

import shutil

from paceline_local.compose.docker_demo import DOCKER_DEMO, DockerDemo
from paceline_local.ecs.left_behind import LeftContainers
from paceline_local.failure import Failure
from paceline_local.file_lock import exclusive_lock
from paceline_local.orchestration.components import Components
from paceline_local.orchestration.home import AirflowHome
from paceline_local.paths import LAST, ROOT, Variant, variants
from paceline_local.postgres import Postgres
from paceline_local.sandbox import Sandbox


def stop() -> int:
    """Stops as much as it can, even if one of them does not end."""
    stopped = False
    failures: list[Failure] = []
    for variant in variants():
        for name, server in _servers(variant).items():
            try:
                if server.stop():
                    print(f"Stopped {name} of {variant.name}.")
                    stopped = True
            except Failure as failure:
                failures.append(failure)
    if failures:
        raise failures[0]
    if not stopped:
        print("Nothing was running.")
    return 0


def stop_left_behind(variant: Variant) -> None:
    """Stops what a killed command has left running, except for Postgres, which is used again. The caller holds the lock."""
    for name, server in _servers(variant).items():
        if not isinstance(server, Postgres) and server.stop():
            print(f"Stopped {name} of {variant.name}, left running by a command that was killed.", flush=True)


def clean() -> int:
    for variant in variants():
        with exclusive_lock(ROOT / f"{variant.name}.lock", f"running the demo {variant.name}"):
            for server in _servers(variant).values():
                server.stop()
            shutil.rmtree(variant.folder)
            print(f"Removed {variant.folder}.")
        (ROOT / f"{variant.name}.lock").unlink(missing_ok=True)
    LAST.unlink(missing_ok=True)
    docker, lock = DockerDemo(ROOT / DOCKER_DEMO), ROOT / f"{DOCKER_DEMO}.lock"
    if docker.folder.is_dir():
        with exclusive_lock(lock, f"running the demo {DOCKER_DEMO}"):
            docker.delete()
    lock.unlink(missing_ok=True)
    return 0


def _servers(variant: Variant) -> dict[str, Components | LeftContainers | Sandbox | Postgres]:
    """In the order to stop them: none is still needed by a later one."""
    return {
        "airflow": Components(AirflowHome(variant.airflow)),
        "the containers": LeftContainers(variant.container_logs),
        "sandbox": Sandbox(variant.sandbox),
        "postgres": Postgres(variant.postgres),
    }
