"""The stack's S3 keeps the lake's contract: the same tests as for files and moto, conditional deletes included."""

import os
import secrets
import subprocess
from typing import Any

from paceline_local.paths import CHECKOUT
from paceline_local.tools import Tools
from pipeline import server
from testcontainers.core.network import Network

from .conftest import TAG

CONTRACT = ["-pl", "lake", "-am", "test", "-Dtest=ObjectStoreTest", "-Dsurefire.failIfNoSpecifiedTests=false"]


def test_the_lakes_contract_holds_on_it(engine: Any) -> None:
    tools, key_id, secret_key = Tools.found(), secrets.token_hex(8), secrets.token_hex(16)
    settings = {"ROOT_ACCESS_KEY": key_id, "ROOT_SECRET_KEY": secret_key, "PACELINE_BUCKET": "lake", "AWS_REGION": "us-east-1"}
    with Network() as network, server("s3", TAG or "dev", network, environment=settings, port=7070) as s3:
        address = f"http://{key_id}:{secret_key}@127.0.0.1:{s3.get_exposed_port(7070)}"
        environment = {**os.environ, "JAVA_HOME": str(tools.java_home), "PACELINE_TEST_S3": address}
        maven = [tools.maven, "-B", "-ntp", *CONTRACT]
        done = subprocess.run(maven, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "Running dev.paceline.lake.store.ObjectStoreTest" in done.stdout
