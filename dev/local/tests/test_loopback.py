"""Whatever the proxy variables of a shell say, nothing that is started calls loopback through a proxy."""

import json
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from paceline_local.clean_environment import clean_environment
from paceline_local.failure import exit_with
from paceline_local.loopback import no_proxy_for_loopback
from paceline_local.orchestration.home import AirflowHome

LOOPBACK = "localhost,127.0.0.1,::1"


@pytest.fixture(autouse=True)
def behind_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://proxy.invalid:3128")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.setenv(name, "")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, LOOPBACK),
        ({"no_proxy": "intranet"}, f"intranet,{LOOPBACK}"),
        ({"NO_PROXY": " intranet , 127.0.0.1"}, "intranet,127.0.0.1,localhost,::1"),
        ({"no_proxy": "a", "NO_PROXY": "b,a,"}, f"a,b,{LOOPBACK}"),
        ({"no_proxy": "*"}, "*"),
        ({"no_proxy": "intranet,*"}, f"intranet,{LOOPBACK}"),
        ({"no_proxy": "*", "NO_PROXY": "intranet"}, f"intranet,{LOOPBACK}"),
    ],
)
def test_both_spellings_name_loopback_and_what_either_named(given: dict[str, str], expected: str) -> None:
    assert no_proxy_for_loopback(given) == {"no_proxy": expected, "NO_PROXY": expected}


@pytest.mark.parametrize("spelling", ["no_proxy", "NO_PROXY"])
def test_every_environment_of_a_started_process_names_loopback(
    spelling: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(spelling, "intranet")
    for environment in (clean_environment({}), AirflowHome(tmp_path).environment({})):
        assert environment["no_proxy"] == environment["NO_PROXY"] == f"intranet,{LOOPBACK}"
        assert environment["http_proxy"] == "http://proxy.invalid:3128"


def test_a_command_and_all_that_it_starts_call_loopback_directly(capfd: pytest.CaptureFixture[str]) -> None:
    hosts = ["127.0.0.1", "localhost", "api.example"]
    started = f"import json, urllib.request; print(json.dumps([bool(urllib.request.proxy_bypass(host)) for host in {hosts}]))"

    def command() -> int:
        assert urllib.request.proxy_bypass("127.0.0.1:8080")
        return subprocess.run([sys.executable, "-c", started], check=True).returncode

    with pytest.raises(SystemExit) as ended:
        exit_with(command)
    assert ended.value.code == 0
    assert json.loads(capfd.readouterr().out) == [True, True, False]
