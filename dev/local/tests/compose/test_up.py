"""What dev/up and dev/down say before anything starts. The engine is a script."""

import socket
import stat
from pathlib import Path

import pytest
from paceline_local.failure import CONFIGURATION, UNAVAILABLE, USAGE
from paceline_local.paths import CHECKOUT

from .scripted_engine import run, write


def test_the_first_start_writes_passwords_that_only_the_owner_can_read(tmp_path: Path) -> None:
    files = [tmp_path / "one" / "env", tmp_path / "two" / "env"]
    for file in files:
        assert run(tmp_path, "up", file, "--no-build").returncode == UNAVAILABLE  # there are no images
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    one, two = (dict(line.split("=", 1) for line in file.read_text().splitlines() if "=" in line) for file in files)
    secret = [name for name in one if name.endswith(("PASSWORD", "_KEY"))]
    assert len(secret) == 6
    assert [name for name in secret if len(one[name]) < 18 or one[name] == two[name]] == []


def test_a_second_start_keeps_what_the_file_has(tmp_path: Path, settings: Path) -> None:
    write(settings, PACELINE_AIRFLOW_PASSWORD="mine")
    run(tmp_path, "up", settings, "--no-build")
    once = settings.read_text()
    run(tmp_path, "up", settings, "--no-build")
    assert settings.read_text() == once
    assert once.count("PACELINE_AIRFLOW_PASSWORD=") == 1


def test_a_last_line_without_an_end_keeps_its_value(tmp_path: Path, settings: Path) -> None:
    settings.write_text(f"{settings.read_text()}PACELINE_AIRFLOW_PASSWORD=mine")
    run(tmp_path, "up", settings, "--no-build")
    assert "PACELINE_AIRFLOW_PASSWORD=mine" in settings.read_text().splitlines()


@pytest.mark.parametrize("name", ["PACELINE_AIRFLOW_PASSWORD", "PACELINE_WAREHOUSE_DATABASE_PASSWORD"])
def test_a_password_that_would_need_escaping_is_refused_without_being_shown(tmp_path: Path, settings: Path, name: str) -> None:
    write(settings, **{name: 'se"cret'})
    done = run(tmp_path, "up", settings, "--no-build")
    assert (done.returncode, f"{name} in {settings} may only have letters and digits" in done.stderr) == (CONFIGURATION, True)
    assert "cret" not in done.stderr


@pytest.mark.parametrize(
    ("name", "path", "message"),
    [
        ("PACELINE_DAGS", "dags", "PACELINE_DAGS=dags in {} is not an absolute path"),
        ("PACELINE_WAREHOUSE_CA", "~/ca.pem", "PACELINE_WAREHOUSE_CA=~/ca.pem in {} is not an absolute path"),
        ("PACELINE_DAGS", "/dev/null", "PACELINE_DAGS=/dev/null in {}: there is no such folder"),
        ("PACELINE_WAREHOUSE_CA", "/dev", "PACELINE_WAREHOUSE_CA=/dev in {}: there is no such file"),
    ],
)
def test_a_path_that_compose_would_take_for_something_else_is_refused(
    tmp_path: Path, settings: Path, name: str, path: str, message: str
) -> None:
    write(settings, **{name: path})
    done = run(tmp_path, "up", settings, "--no-build")
    assert (done.returncode, message.format(settings) in done.stderr) == (CONFIGURATION, True)


def test_single_quotes_are_not_part_of_a_value(tmp_path: Path, settings: Path) -> None:
    dags = tmp_path / "my $dags #1"
    dags.mkdir()
    write(settings, PACELINE_DAGS=f"'{dags}'")
    done = run(tmp_path, "up", settings, "--no-build")
    assert (done.returncode, "Images are missing" in done.stderr) == (UNAVAILABLE, True)


def test_every_line_that_it_writes_is_explained(tmp_path: Path) -> None:
    file = tmp_path / "env"
    run(tmp_path, "up", file, "--no-build")
    example = (CHECKOUT / "dev" / ".env.example").read_text()
    written = [line.partition("=")[0] for line in file.read_text().splitlines() if "=" in line]
    assert [name for name in written if f"\n{name}=" not in example] == []


def test_settings_that_others_can_read_are_refused(tmp_path: Path, settings: Path) -> None:
    settings.chmod(0o644)
    done = run(tmp_path, "up", settings, "--no-build")
    assert (done.returncode, f"chmod 600 {settings}" in done.stderr) == (CONFIGURATION, True)


def test_a_taken_port_is_named_with_its_setting(tmp_path: Path, settings: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        write(settings, PACELINE_S3_PORT=str(port))
        done = run(tmp_path, "up", settings, "--no-build")
    assert done.returncode == UNAVAILABLE
    assert f"Port {port} of 127.0.0.1, on which s3 is to listen, is taken" in done.stderr
    assert "PACELINE_S3_PORT" in done.stderr


@pytest.mark.parametrize("port", ["x", "65536", "-1"])
def test_what_is_no_port_is_refused(tmp_path: Path, settings: Path, port: str) -> None:
    write(settings, PACELINE_AIRFLOW_PORT=port)
    done = run(tmp_path, "up", settings, "--no-build")
    assert (done.returncode, f"PACELINE_AIRFLOW_PORT={port} in" in done.stderr) == (CONFIGURATION, True)


def test_missing_images_are_named(tmp_path: Path, settings: Path) -> None:
    done = run(tmp_path, "up", settings, "--no-build")
    assert done.returncode == UNAVAILABLE
    assert "Images are missing: paceline/extract:dev paceline/load:dev" in done.stderr


def test_volumes_whose_passwords_are_gone_are_not_used_with_new_ones(tmp_path: Path, settings: Path) -> None:
    write(settings, COMPOSE_PROJECT_NAME="other")
    for file, project in {tmp_path / "none": "paceline", settings: "other"}.items():
        done = run(tmp_path, "up", file, "--no-build", HAS="0")
        assert done.returncode == CONFIGURATION
        assert f"There are volumes of an earlier stack {project}," in done.stderr
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("script", ["up", "down"])
def test_an_unknown_option_is_a_usage_error(tmp_path: Path, settings: Path, script: str) -> None:
    done = run(tmp_path, script, settings, "--everything")
    assert (done.returncode, f'dev/{script} does not know "--everything"' in done.stderr) == (USAGE, True)


def test_without_settings_there_is_nothing_to_stop(tmp_path: Path) -> None:
    done = run(tmp_path, "down", tmp_path / "none")
    assert (done.returncode, "dev/up has not run here" in done.stderr) == (CONFIGURATION, True)
