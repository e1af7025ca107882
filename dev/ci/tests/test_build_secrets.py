"""What a build gets of a machine's settings, and what stays behind: `dev/images/secrets`."""

import os
import re
import subprocess
from pathlib import Path

from paceline_ci.tracked import tracked
from paceline_local.paths import CHECKOUT


def secrets(folder: Path, **environment: str) -> dict[str, Path]:
    command = [CHECKOUT / "dev" / "images" / "secrets", folder]
    variables = {"PATH": os.environ["PATH"], "HOME": str(folder / "home"), "PIP_CONFIG_FILE": os.devnull, **environment}
    words = subprocess.run(command, env=variables, capture_output=True, text=True, check=True).stdout.splitlines()
    assert words[::2] == ["--secret"] * (len(words) // 2)
    return {name.removeprefix("id="): Path(src) for name, _, src in (word.partition(",src=") for word in words[1::2])}


def test_a_machine_without_settings_has_no_maven_secret(tmp_path: Path) -> None:
    assert "maven-settings" not in secrets(tmp_path)


def test_settings_of_maven_and_the_ca_are_passed_as_files(tmp_path: Path) -> None:
    settings = tmp_path / "home" / ".m2" / "settings.xml"
    settings.parent.mkdir(parents=True)
    settings.write_text("<settings/>")
    ca = tmp_path / "ca.pem"
    ca.write_text("PEM")
    found = secrets(tmp_path, SSL_CERT_FILE="/missing.pem", REQUESTS_CA_BUNDLE=str(ca))
    assert found["maven-settings"] == settings
    assert found["machine-ca"] == ca


def test_a_mirror_of_debian_replaces_the_public_one_for_updates_and_security_too(tmp_path: Path) -> None:
    made = secrets(tmp_path, PACELINE_DEBIAN_MIRROR="https://user:a&b@mirror.example/debian/")["apt-sources"].read_text()
    lines = [line for line in made.splitlines() if line.startswith("URIs:")]
    assert lines == [
        "URIs: https://user:a&b@mirror.example/debian",
        "URIs: https://user:a&b@mirror.example/debian-security",
    ]
    assert "deb.debian.org" not in made


def test_what_installs_packages_of_debian_takes_the_machines_mirror() -> None:
    recipes = "".join(file.read_text() for file in tracked() if file.name.endswith("Dockerfile"))
    steps = [step for step in re.findall(r"^RUN (?:.*\\\n)*.*", recipes, re.MULTILINE) if "apt-get" in step]
    assert steps
    assert all("--mount=type=secret,id=apt-sources,target=/etc/apt/sources.list.d/debian.sources" in step for step in steps)


def test_pips_file_is_passed_without_paths_of_this_machine(tmp_path: Path) -> None:
    config = tmp_path / "my-pip.conf"
    config.write_text("[global]\ncert = /only/here.pem\ntimeout = 60\n")
    made = secrets(tmp_path, PIP_CONFIG_FILE=str(config))["pip-conf"]
    assert made.parent == tmp_path
    assert made.stat().st_mode & 0o077 == 0
    assert made.read_text() == "[global]\ntimeout = 60\n"


def test_pips_variables_replace_its_file(tmp_path: Path) -> None:
    config = tmp_path / "my-pip.conf"
    config.write_text("[global]\nindex-url = https://other.example/simple\n")
    index = "https://user:pa%ss@pypi.example/simple"
    made = secrets(tmp_path, PIP_CONFIG_FILE=str(config), PIP_INDEX_URL=index)["pip-conf"]
    assert made.read_text() == f"[global]\nindex-url = {index}\n"
