"""`make demo ENGINE=docker` and `dev/up`: the same marts as without containers, edits of DAGs, who may call what, and the end."""

import json
import re
import stat
from pathlib import Path
from typing import Any

import pytest
import yaml
from paceline_local import demo, paths, servers
from paceline_local.compose.demo import run
from paceline_local.orchestration.dag_test import DAG_ID
from paceline_local.paths import CHECKOUT, Variant
from paceline_local.postgres import Postgres
from paceline_local.tools import Tools
from paceline_local.waiting import wait_until
from tables import NAMED_BY_PROMISE_2, content, rows_in

from .conftest import PROJECT, RunningStack, left_of

ASK_THE_ENDPOINT = """
import urllib.error, urllib.request
for host in ("ecs:8090", "evil.example"):
    headers = {"Host": host, "X-Amz-Target": "AmazonEC2ContainerServiceV20141113.ListTasks"}
    request = urllib.request.Request("http://ecs:8090/", b"{}", headers)
    try:
        urllib.request.urlopen(request)
    except urllib.error.HTTPError as error:
        print(host, error.code, error.read().decode(errors="replace").replace("\\n", " "))
"""

REGION_OF_LOAD = """
import boto3
client = boto3.client("ecs", region_name="eu-west-1")
definition = client.describe_task_definition(taskDefinition="paceline-load")["taskDefinition"]
(region,) = [v["value"] for v in definition["containerDefinitions"][0]["environment"] if v["name"] == "AWS_REGION"]
print(region)
"""


def test_the_marts_equal_those_of_the_embedded_demo(
    running: RunningStack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (demo, paths, servers):
        monkeypatch.setattr(module, "ROOT", tmp_path)
        monkeypatch.setattr(module, "LAST", tmp_path / "last", raising=False)
    try:
        assert demo.run_demo(Tools.found(), None) == 0
        embedded = Postgres(Variant(tmp_path / "demo").postgres).start()
        expected = content(embedded, "mart", "dwh", ignoring=NAMED_BY_PROMISE_2)
    finally:
        servers.stop()
    assert rows_in(expected) > 1000
    assert content(running.warehouse, "mart", "dwh", ignoring=NAMED_BY_PROMISE_2) == expected


def test_an_edit_of_a_dag_and_a_new_one_show_without_a_restart(running: RunningStack) -> None:
    api, file = running.stack.airflow(), running.dags / f"{DAG_ID}.py"
    text = file.read_text()
    new = running.dags / "another.py"
    try:
        file.write_text(re.sub(r'description="[^"]*"', 'description="edited"', text))
        new.write_text(text.replace(f'dag_id="{DAG_ID}"', 'dag_id="another"'))
        new.chmod(0o644)
        wait_until(lambda: api.call("GET", f"/dags/{DAG_ID}")["description"] == "edited", "The edit did not show", "", 120)
        wait_until(lambda: api.has_dag("another"), "The new DAG did not show", "", 120)
    finally:
        file.write_text(text)
        new.unlink(missing_ok=True)
    assert api.call("GET", "/importErrors")["import_errors"] == []
    assert not (running.dags / "paceline.json").exists()


def test_the_endpoint_obeys_nobody_without_its_key_or_by_another_name(running: RunningStack) -> None:
    asked = running.stack.compose("run", "--rm", "--no-deps", "-T", "--entrypoint", "python3", "deploy", "-c", ASK_THE_ENDPOINT)
    unsigned, elsewhere = asked.splitlines()
    assert unsigned.startswith("ecs:8090 400")
    assert "MissingAuthenticationToken" in unsigned
    assert elsewhere.startswith("evil.example 421")


def test_its_key_is_in_no_environment_and_every_port_is_on_loopback(running: RunningStack, engine: Any) -> None:
    key = re.findall(r"= (\S+)", running.stack.compose("exec", "-T", "scheduler", "cat", "/key/credentials"))
    assert len(key) == 2
    containers = engine.containers.list(all=True, filters={"label": f"com.docker.compose.project={PROJECT}"})
    assert len(containers) == 10
    for container in containers:
        described = json.dumps(container.attrs)
        assert [part for part in key if part in described] == [], container.name
        bound = [entry["HostIp"] for ports in container.attrs["HostConfig"]["PortBindings"].values() for entry in ports]
        assert set(bound) <= {"127.0.0.1"}, container.name
        assert container.attrs["Config"]["User"].startswith("10001"), container.name
        assert container.attrs["HostConfig"]["ReadonlyRootfs"], container.name


def test_airflow_refuses_other_host_names(running: RunningStack) -> None:
    assert running.stack.airflow().refuses_foreign_hosts()


def test_a_changed_setting_reaches_the_task_definitions_that_are_registered(running: RunningStack) -> None:
    assert running.stack.compose("exec", "-T", "scheduler", "python3", "-c", REGION_OF_LOAD).strip() == "eu-west-1"
    before = running.stack.settings.read_text()
    try:
        running.stack.settings.write_text(f"{before}AWS_REGION=eu-central-1\n")
        running.stack.up("--no-build")
        assert running.stack.compose("exec", "-T", "scheduler", "python3", "-c", REGION_OF_LOAD).strip() == "eu-central-1"
    finally:
        running.stack.settings.write_text(before)


def test_only_the_owner_can_read_the_settings(running: RunningStack) -> None:
    assert stat.S_IMODE(running.stack.settings.stat().st_mode) == 0o600


def test_the_next_demo_is_the_next_day_and_afterwards_nothing_is_left(
    running: RunningStack, engine: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    run(running.demo, "--no-build")
    assert "its clock says 2026-11-01T05:00:00Z" in capfd.readouterr().out
    assert running.warehouse.rows("select count(*) from ops.loads") == [(2,)]
    running.stack.down()
    volumes = yaml.safe_load((CHECKOUT / "dev" / "compose.yaml").read_text())["volumes"]
    assert sorted(left_of(engine, PROJECT)) == sorted(f"{PROJECT}_{name}" for name in volumes)
    running.stack.down("--volumes")
    assert left_of(engine, PROJECT) == []
