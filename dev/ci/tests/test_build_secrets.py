"""What of a machine's settings a build gets, and what stays behind."""

from pathlib import Path

from paceline_ci.build_secrets import secret_arguments


def secrets(folder: Path, **environment: str) -> dict[str, Path]:
    words = secret_arguments(folder, {"HOME": str(folder / "home"), **environment})
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
    found = secrets(tmp_path, SSL_CERT_FILE=str(ca))
    assert found["maven-settings"] == settings
    assert found["machine-ca"] == ca


def test_pips_variables_are_added_to_its_file_and_paths_of_this_machine_are_left_out(tmp_path: Path) -> None:
    config = tmp_path / "my-pip.conf"
    config.write_text("[global]\ncert = /only/here.pem\ntimeout = 60\n")
    made = secrets(tmp_path, PIP_CONFIG_FILE=str(config), PIP_INDEX_URL="https://user:pa%ss@pypi.example/simple")["pip-conf"]
    assert made.parent == tmp_path
    assert made.stat().st_mode & 0o077 == 0
    text = made.read_text()
    assert "index-url = https://user:pa%ss@pypi.example/simple" in text
    assert "timeout = 60" in text
    assert "/only/here.pem" not in text


def test_no_pip_secret_where_nothing_is_left_of_its_file(tmp_path: Path) -> None:
    config = tmp_path / "my-pip.conf"
    config.write_text("[global]\ncert = /only/here.pem\n")
    assert "pip-conf" not in secrets(tmp_path, PIP_CONFIG_FILE=str(config))
