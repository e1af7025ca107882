"""The images that `make images` built: who runs in them, what they contain, and what they do not.

They are of the checkout only where they have just been built from it, so this runs in `make test-containers`.
"""

import re
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docker.errors import ImageNotFound
from paceline_ci.containers import STACK
from paceline_ci.image_contents import files_with
from paceline_ci.images import NAMES
from paceline_ci.private_settings import private_settings
from paceline_local.paths import CHECKOUT

from .conftest import TAG

JAVA = ("extract", "load")
BUNDLE = "etc/ssl/certs/ca-certificates.crt"
# What a build needs and an image must not keep; `sh` and the like only where nothing needs them.
BUILD_TOOLS = r"bin/(javac|jlink|mvn|gcc|cc|pip3?(\.\d+)?|uv|git)$|(^|/)\.m2/|site-packages/pip/"
SHELLS = r"(^|/)(sh|bash|dash|busybox|env|cat|apt|dpkg)$"


@pytest.fixture(scope="module", params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def image(engine: Any, name: str) -> Any:
    try:
        return engine.images.get(f"paceline/{name}:{TAG or 'dev'}")
    except ImageNotFound:
        pytest.skip(f"paceline/{name}:{TAG or 'dev'} is not built: run `make images`")


def ended(engine: Any, image: Any, *arguments: str, **options: Any) -> tuple[int, str]:
    """The exit code and the output of a container as the local stack starts it: nothing is writable but /tmp."""
    settings = {"read_only": True, "tmpfs": {"/tmp": ""}, "network_mode": "none"}
    container = engine.containers.create(image.id, list(arguments), **{**settings, **options})
    try:
        container.start()
        return container.wait()["StatusCode"], container.logs().decode()
    finally:
        container.remove(force=True, v=True)


def run(engine: Any, image: Any, *arguments: str, **options: Any) -> str:
    """The output of a container that succeeds."""
    code, output = ended(engine, image, *arguments, **options)
    assert code == 0, output
    return output


@pytest.fixture(scope="module")
def files(engine: Any, image: Any) -> Iterator[dict[str, tarfile.TarInfo]]:
    """What a container has, by path; under `bundle` the text of its CA certificates."""
    container = engine.containers.create(image.id)
    try:
        with tempfile.TemporaryFile() as copy:
            for chunk in container.export():
                copy.write(chunk)
            copy.seek(0)
            with tarfile.open(fileobj=copy) as tar:
                members = {member.name: member for member in tar}
                bundle = tar.extractfile(members[BUNDLE])
                assert bundle is not None
                members["bundle"] = tarfile.TarInfo(bundle.read().decode())
                yield members
    finally:
        container.remove(v=True)


def test_runs_as_a_numbered_user_with_the_command_as_its_entry_point(image: Any) -> None:
    config = image.attrs["Config"]
    assert config["User"] == "10001:10001"
    assert config["Entrypoint"][0] in ("/opt/jre/bin/java", "/opt/dbt/bin/python")
    assert not config["Cmd"]
    # With it, Fargate's volume at /tmp has the permissions of the image's own /tmp.
    assert config["Volumes"] == {"/tmp": {}}


def test_says_where_it_comes_from(image: Any) -> None:
    labels = image.attrs["Config"]["Labels"]
    assert re.fullmatch(r"[0-9a-f]{40}(-dirty)?", labels["org.opencontainers.image.revision"])
    assert re.fullmatch(r"\d+\.\d+\.\d+", labels["org.opencontainers.image.version"])
    assert labels["org.opencontainers.image.source"].startswith("https://")


def test_prints_its_help_with_a_read_only_file_system(engine: Any, image: Any) -> None:
    assert "Usage" in run(engine, image, "--help")


def test_a_command_without_settings_says_what_is_missing(engine: Any, image: Any, name: str) -> None:
    """With the sources of its jar, or the models in it: it gets as far as the first setting."""
    command, missing = {
        "extract": (["sync", "strava"], "PACELINE_STRAVA_CLIENT_ID is not set"),
        "load": (["run", "strava"], "PACELINE_WAREHOUSE"),
        "transformation": (["build"], "PACELINE_WAREHOUSE"),
    }[name]
    code, output = ended(engine, image, *command)
    assert code in (64, 78), output
    assert missing in output.splitlines()[-1]


@pytest.mark.parametrize("name", JAVA, scope="module")
def test_understands_and_prints_more_than_ascii(engine: Any, image: Any, name: str) -> None:
    step = {"extract": "describe", "load": "run"}[name]
    code, output = ended(engine, image, step, "strava", "--sources", "/tmp/rün")
    assert code != 0
    assert "Looking for sources in /tmp/rün" in output


def test_holds_no_build_tool(files: dict[str, tarfile.TarInfo]) -> None:
    assert [path for path in files if re.search(BUILD_TOOLS, path)] == []


def test_the_run_users_own_folder_is_the_only_one_that_is_writable(files: dict[str, tarfile.TarInfo], name: str) -> None:
    if name not in JAVA:
        pytest.skip("Debian has folders of its own, which a read-only file system covers")
    assert [path for path, file in files.items() if file.isdir() and file.mode & 0o002] == ["tmp"]


def test_a_java_image_has_no_shell(files: dict[str, tarfile.TarInfo], name: str) -> None:
    if name not in JAVA:
        pytest.skip("dbt's image is Debian with Python")
    assert [path for path in files if re.search(SHELLS, path)] == []


def test_trusts_the_public_roots_and_amazon_rds_and_not_this_machines_own(files: dict[str, tarfile.TarInfo]) -> None:
    bundle = files["bundle"].name
    assert bundle.count("-----BEGIN CERTIFICATE-----") > 200
    assert "# Amazon RDS eu-west-1 Root CA RSA2048 G1" in bundle
    for own in Path("/usr/local/share/ca-certificates").glob("**/*.crt"):
        assert own.read_text().strip() not in bundle, own


def test_no_setting_of_a_package_registry_is_in_the_history_or_the_files(image: Any, files: dict[str, tarfile.TarInfo]) -> None:
    history = " ".join(step["CreatedBy"] for step in image.history())
    assert not re.search(r"https?://[^/\s]*@|index-url|password=|token=", history)
    assert [path for path in files if re.search(r"settings\.xml$|pip\.conf$|run/secrets/.|\.npmrc$", path)] == []


@pytest.mark.parametrize("name", JAVA, scope="module")
def test_its_warm_up_runs_in_the_image_itself_with_the_sources_from_its_jar(engine: Any, image: Any) -> None:
    last = run(engine, image, "warm-up").splitlines()[-1]
    assert '"source":"strava"' in last
    assert '"exit":0' in last


@pytest.mark.parametrize("name", JAVA, scope="module")
def test_its_cache_fits_its_run_time(engine: Any, image: Any) -> None:
    """AOTMode=on makes a mismatch an error; `Xlog` shows that classes come from the cache, picocli's too."""
    java, *options = image.attrs["Config"]["Entrypoint"]
    loud = [option for option in options if option != "-Xlog:disable"]
    output = run(engine, image, "-XX:AOTMode=on", "-Xlog:class+load", *loud, "--version", entrypoint=java)
    assert re.search(r"picocli\.CommandLine source: shared objects file", output)


def test_no_layer_of_any_image_holds_what_only_this_machine_knows_of_registries(engine: Any, tmp_path: Path) -> None:
    words = private_settings(tmp_path)
    if not words:
        pytest.skip("this machine has no registry, mirror or CA of its own")
    tags = {tag for image in engine.images.list() for tag in image.tags}
    images = [image for name in (*NAMES, *STACK) if (image := f"paceline/{name}:{TAG or 'dev'}") in tags]
    if not images:
        pytest.skip("no image is built: run `make test-containers`")
    client = subprocess.run(
        [CHECKOUT / "dev" / "images" / "engine"], stdout=subprocess.PIPE, text=True, check=True
    ).stdout.strip()
    with subprocess.Popen([client, "save", *images], stdout=subprocess.PIPE) as saving:
        assert saving.stdout is not None
        found = files_with(words, saving.stdout)
    assert saving.returncode == 0
    assert found == []
