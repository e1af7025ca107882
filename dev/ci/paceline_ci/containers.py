"""`make test-containers`: builds all images, then tests them in containers, and the local stack that is made of them."""

import subprocess

from paceline_local.failure import exit_with
from paceline_local.file_lock import exclusive_lock
from paceline_local.paths import CHECKOUT, ROOT
from paceline_local.steps import Steps

from paceline_ci.images import make_images
from paceline_ci.suites import Suite, run_and_sum_up
from paceline_ci.summary import CONTAINERS, RESULTS

STACK = ("airflow", "ecs", "sandbox", "s3", "postgres")
_SUITE = Suite(CONTAINERS, ("dev/containers/tests", "dev/local/tests/ecs/test_docker.py"))


def run_container_tests() -> int:
    with exclusive_lock(ROOT / "test-containers.lock", "testing the containers"):
        RESULTS.mkdir(parents=True, exist_ok=True)
        (RESULTS / f"{CONTAINERS}.xml").unlink(missing_ok=True)
        make_images()
        others = subprocess.run([CHECKOUT / "dev" / "images" / "build", *STACK], check=False)
        if others.returncode:
            return others.returncode
        return run_and_sum_up([_SUITE], Steps(side_by_side=True))


if __name__ == "__main__":
    exit_with(run_container_tests)
