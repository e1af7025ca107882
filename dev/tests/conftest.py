"""Every test gets its own lake, token store, sandbox and database; the tests of one worker share a Postgres server."""

import itertools
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random, SystemRandom

import pytest
from athletes import ACTIVITIES, Athlete, AthletePool
from marts import Marts
from paceline_local.failure import unwind_on_signals
from paceline_local.loopback import no_proxy_for_loopback
from paceline_local.paths import CHECKOUT, Variant
from paceline_local.postgres import Postgres
from paceline_local.sandbox import Sandbox
from paceline_local.stack import Stack
from paceline_local.tools import Tools
from paceline_local.waiting import PATIENCE
from paceline_local.warehouse import Warehouse
from stacks import CLOCK, NewDatabase, NewStack

# As every command of ours does: the tests call sandboxes and stores themselves, and start other programs that do.
os.environ.update(no_proxy_for_loopback(os.environ))

# Started as a background job, pytest would pass on ignored signals to all that it starts.
unwind_on_signals()

S3_SERVER = CHECKOUT / "dev" / "testing" / "src" / "main" / "resources" / "aws_server.py"


@pytest.fixture(scope="session")
def tools() -> Tools:
    return Tools.found()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """A server without fsync, because no test checks whether data survives a power failure."""
    postgres = Postgres(tmp_path_factory.mktemp("server"), settings={"fsync": "off"})
    try:
        yield postgres.start()
    finally:
        postgres.stop()


@pytest.fixture(scope="session")
def new_database(server: Warehouse) -> NewDatabase:
    numbers = itertools.count(1)

    def make() -> Warehouse:
        name = f"warehouse_{next(numbers)}"
        with server.connect() as connection:
            connection.execute(f"create database {name}")
        return Warehouse(server.port, server.password_file, name)

    return make


@contextmanager
def stacks(tools: Tools, new_database: NewDatabase, folder: Path) -> Iterator[NewStack]:
    """Yields `new_stack(athletes=2, years=1)`. The accounts of such a stack are authorized, and its clock is held."""
    started: list[Sandbox] = []

    def make(*options: str, athletes: int = 1, years: int = 1, replay: Path | None = None) -> Stack:
        variant = Variant(folder / f"stack-{len(started)}")
        world = ["--replay", str(replay)] if replay else ["--athletes", str(athletes), "--years", str(years), "--clock", CLOCK]
        sandbox = Sandbox(variant.sandbox, ["--limits", "off", *world, *options])
        started.append(sandbox)
        stack = Stack(tools, variant, sandbox.start(tools), new_database())
        stack.authorize()
        return stack

    try:
        yield make
    finally:
        for sandbox in started:
            sandbox.stop()


@pytest.fixture
def new_stack(tools: Tools, new_database: NewDatabase, tmp_path: Path) -> Iterator[NewStack]:
    with stacks(tools, new_database, tmp_path) as make:
        yield make


@pytest.fixture(scope="module")
def untouched(tools: Tools, new_database: NewDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """For tests whose command must fail before it changes anything."""
    with stacks(tools, new_database, tmp_path_factory.mktemp("untouched")) as make:
        yield make()


@pytest.fixture
def rng() -> Random:
    """The source of a test's random choices; the output of a failed test shows the seed that reproduces it."""
    seed = int(os.environ.get("PACELINE_SEED", SystemRandom().randrange(10**6)))
    print(f"PACELINE_SEED={seed}")
    return Random(seed)


@pytest.fixture(scope="module")
def athlete_pool(tools: Tools, new_database: NewDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AthletePool]:
    """Athletes with a short history; each test takes its own."""
    with stacks(tools, new_database, tmp_path_factory.mktemp("athlete_pool")) as make:
        yield AthletePool(make("--activities", str(ACTIVITIES), athletes=24))


@pytest.fixture
def newcomer(athlete_pool: AthletePool) -> Athlete:
    return athlete_pool.newcomer()


@pytest.fixture
def imported(athlete_pool: AthletePool) -> Athlete:
    return athlete_pool.imported()


@pytest.fixture(scope="session")
def built_marts(new_database: NewDatabase, tmp_path_factory: pytest.TempPathFactory) -> Marts:
    marts = Marts.create(new_database(), tmp_path_factory.mktemp("marts"))
    assert marts.built() == []
    return marts


@pytest.fixture
def marts(built_marts: Marts, tmp_path: Path) -> Marts:
    """A copy with `dwh.thing`, which is built."""
    return built_marts.copy(tmp_path)


@pytest.fixture
def s3() -> Iterator[dict[str, str]]:
    """The environment variables for an S3 server with an empty bucket `lake`."""
    server = subprocess.Popen([sys.executable, S3_SERVER], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert server.stdout is not None
        ready = re.fullmatch(r"ready (http://127\.0\.0\.1:\d+)\n", server.stdout.readline())
        assert ready, "the S3 server ended before it was ready"
        bucket = urllib.request.Request(f"{ready[1]}/lake", method="PUT")
        urllib.request.urlopen(bucket, timeout=PATIENCE).close()
        yield {
            "PACELINE_LAKE": "s3://lake/some/prefix",
            "AWS_ENDPOINT_URL": ready[1],
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": "us-east-1",
        }
    finally:
        server.kill()
        server.communicate()


@pytest.fixture
def behind_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """This shell's settings name a proxy that does not respond, and only the intranet is excluded."""
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    properties = {"http.proxyHost": "127.0.0.1", "http.proxyPort": "1", "http.nonProxyHosts": "intranet"}
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", " ".join(f"-D{name}={value}" for name, value in properties.items()))
    monkeypatch.setenv("NO_PROXY", "intranet")
    monkeypatch.setenv("no_proxy", "intranet")


@pytest.fixture(scope="session")
def recorded() -> Path:
    """Activities recorded by a real athlete; the files are next to the checkout, never in it."""
    folder = CHECKOUT.parent / "shared" / "data" / "strava-2022"
    if not folder.is_dir():
        pytest.skip(f"the recorded activities are missing: {folder.relative_to(CHECKOUT.parent)} next to the checkout")
    return folder


@pytest.fixture(scope="session", autouse=True)
def nothing_is_left_running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Checks at the end of the session, after all fixtures have stopped what they started."""
    yield
    assert running_below(tmp_path_factory.getbasetemp()) == [], "a test left these running"


def running_below(folder: Path) -> list[str]:
    """Processes whose command line contains the folder or whose AIRFLOW_HOME is in it, except zombies and pytest itself."""
    listed = subprocess.run(
        ["ps", "-ww", "-A", "-o", "pid=", "-o", "stat=", "-o", "command="], capture_output=True, text=True, check=True
    ).stdout
    found = [line.split(maxsplit=2) for line in listed.splitlines()]
    ours = {str(os.getpid()), str(os.getppid())}
    alive = [line for line in found if line[0] not in ours and not line[1].startswith("Z")]
    return [" ".join(line) for line in alive if str(folder) in line[-1] or airflow_home_of(line[0]).startswith(str(folder))]


def airflow_home_of(pid: str) -> str:
    """Returns AIRFLOW_HOME, because Airflow's processes rename themselves; empty if not set, ended or not readable."""
    try:
        environment = Path(f"/proc/{pid}/environ").read_bytes().decode(errors="replace")
    except OSError:
        return ""
    return dict(entry.partition("=")[::2] for entry in environment.split("\0")).get("AIRFLOW_HOME", "")
