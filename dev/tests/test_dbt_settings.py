"""dbt reads load's setting of the warehouse, by load's rules."""

from pathlib import Path

import pytest
from paceline_dbt.failure import FailureError
from paceline_dbt.warehouse import Warehouse
from paceline_local.commands import run_jar
from paceline_local.tools import Tools

URL = "postgresql://me@db.example:6543/w"
SECRET = "pa55-7d1f"
USAGE, CONFIGURATION = 64, 78


def profile(url: str, password: str = "", **more: str) -> dict[str, str]:
    environment = {"PACELINE_WAREHOUSE": url, "PACELINE_WAREHOUSE_PASSWORD": password, **more}
    return Warehouse.of(environment).for_profile("/ca.pem")


def refused(url: str, password: str = "") -> FailureError:
    with pytest.raises(FailureError) as error:
        profile(url, password)
    assert SECRET not in str(error.value)
    return error.value


def test_the_profile_has_the_parts_of_the_url() -> None:
    assert profile(f"{URL}?sslmode=verify-full", SECRET) == {
        "DBT_PACELINE_USER": "me",
        "DBT_PACELINE_HOST": "db.example",
        "DBT_PACELINE_PORT": "6543",
        "DBT_PACELINE_DATABASE": "w",
        "DBT_PACELINE_SSLMODE": "verify-full",
        "DBT_PACELINE_SSLROOTCERT": "/ca.pem",
        "DBT_ENV_SECRET_PACELINE_PASSWORD": SECRET,
        "PGGSSENCMODE": "disable",
        "PGSSLCERTMODE": "disable",
        "PGSSLCRL": "/dev/null/none",
    }


def test_the_port_and_the_mode_have_defaults() -> None:
    parts = profile("postgres://me%40home@[::1]/w%20h")
    assert [parts[f"DBT_PACELINE_{name}"] for name in ("USER", "HOST", "PORT", "DATABASE", "SSLMODE")] == [
        "me@home",
        "::1",
        "5432",
        "w h",
        "prefer",
    ]


WEAK = ("disable", "allow", "prefer", "require", "verify-ca")

# A URL that nobody may use, the exit and what is wrong; load says the same.
WRONG_URLS = [
    ("", USAGE, "not set"),
    ("mysql://me@db/w", CONFIGURATION, "does not begin with postgresql://"),
    ("POSTGRESQL://me@db/w", CONFIGURATION, "does not begin with postgresql://"),
    ("postgresql://db/w", CONFIGURATION, "lacks a user, a host or a database"),
    ("postgresql://me@db", CONFIGURATION, "lacks a user, a host or a database"),
    ("postgresql://me@db/w/x", CONFIGURATION, "lacks a user, a host or a database"),
    ("postgresql://me@db/w%2Fx", CONFIGURATION, "lacks a user, a host or a database"),
    ("postgresql://me@db:99999/w", CONFIGURATION, "its port is not a number up to 65535"),
    ("postgresql://me@127.999.1.1/w", CONFIGURATION, "lacks a user, a host or a database"),
    ("postgresql://me@[::1/w", CONFIGURATION, "not a valid URL"),
    ("postgresql://me@[::1%lo]/w", CONFIGURATION, "not a valid URL"),
    ("postgresql://me@[fe80::1%25]/w", CONFIGURATION, "not a valid URL"),
    ("postgresql://me@db/my warehouse", CONFIGURATION, "not a valid URL"),
    ("postgresql://me%zz@db/w", CONFIGURATION, "not a valid URL"),
    ("postgresql://me@db/w?sslmode=%00", CONFIGURATION, "not a valid URL"),
    (f"postgresql://me:{SECRET}@db/w", CONFIGURATION, "contains a password"),
    (f"postgresql:me:{SECRET}@db/w", CONFIGURATION, "contains a password"),
    (f"postgresql://me%3A{SECRET}@db/w", CONFIGURATION, "contains a password"),
    (f"postgresql://me:{SECRET}#/?@db/w", CONFIGURATION, "contains a password"),
    (f"postgresql://me@db/w?password={SECRET}", CONFIGURATION, "contains a password"),
    (f"postgresql://me@db/w?sslPassword={SECRET}", CONFIGURATION, "contains a password"),
    ("postgresql://me@db/w?options=x", CONFIGURATION, 'unknown parameter "options"'),
    ("postgresql://me@db/w?&sslmode=require", CONFIGURATION, 'unknown parameter ""'),
    ("postgresql://me@db/w?sslmode=always", CONFIGURATION, 'sslmode is "always"'),
    ("postgresql://me@db/w?sslmode=", CONFIGURATION, 'sslmode is ""'),
    ("postgresql://me@db/w?sslrootcert=/ca.pem", CONFIGURATION, 'unknown parameter "sslrootcert"'),
    *((f"postgresql://me@db/w?sslmode={weak}", CONFIGURATION, "does not verify that the server is db") for weak in WEAK),
]


@pytest.mark.parametrize(("url", "exit_", "what"), WRONG_URLS)
def test_a_wrong_url_is_refused(url: str, exit_: int, what: str) -> None:
    failure = refused(url).failure
    assert (failure.exit, failure.doing) == (exit_, "Reading PACELINE_WAREHOUSE")
    assert what in failure.what


@pytest.mark.parametrize(("url", "exit_", "what"), WRONG_URLS[1:])
def test_load_refuses_the_same_urls_in_the_same_words(url: str, exit_: int, what: str, tools: Tools, tmp_path: Path) -> None:
    env = {"PACELINE_WAREHOUSE": url, "PACELINE_LAKE": tmp_path.as_uri()}
    outcome = run_jar(tools, "load", ["status", "strava"], env, tmp_path / "load.log")
    assert (outcome.exit_code, outcome.report["error"]["what"]) == (exit_, refused(url).failure.what)
    assert SECRET not in outcome.log.read_text()


def test_load_and_dbt_refuse_a_missing_warehouse_with_the_same_exit(tools: Tools, tmp_path: Path) -> None:
    outcome = run_jar(tools, "load", ["status", "strava"], {"PACELINE_LAKE": tmp_path.as_uri()}, tmp_path / "load.log")
    assert outcome.exit_code == refused("").failure.exit == USAGE


# Spelt like this machine, and not.
LOOPBACK = ["localhost", "LocalHost", "127.0.0.1", "127.1.2.3", "[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]"]
ELSEWHERE = ["db.example", "warehouse", "localhost.example", "10.0.0.1", "128.0.0.1", "2130706433", "[::2]", "[::ffff:10.0.0.1]"]


def mode(host: str, query: str = "", **more: str) -> str:
    return profile(f"postgresql://me@{host}:5432/w{query}", **more)["DBT_PACELINE_SSLMODE"]


@pytest.mark.parametrize("host", LOOPBACK)
def test_on_this_machine_any_mode_will_do(host: str) -> None:
    assert mode(host) == "prefer"
    assert [mode(host, f"?sslmode={weak}") for weak in WEAK] == list(WEAK)


@pytest.mark.parametrize("host", ELSEWHERE)
def test_on_another_machine_the_server_is_verified(host: str) -> None:
    assert mode(host) == mode(host, "?sslmode=verify-full") == "verify-full"
    assert mode(host, PACELINE_WAREHOUSE_UNVERIFIED="true") == "require"
    assert [mode(host, f"?sslmode={weak}", PACELINE_WAREHOUSE_UNVERIFIED="true") for weak in WEAK] == list(WEAK)


def test_whether_any_server_is_accepted_is_true_or_false() -> None:
    assert mode("db.example", PACELINE_WAREHOUSE_UNVERIFIED="false") == "verify-full"
    with pytest.raises(FailureError, match='PACELINE_WAREHOUSE_UNVERIFIED: "yes" is neither true nor false') as error:
        mode("db.example", PACELINE_WAREHOUSE_UNVERIFIED="yes")
    assert error.value.failure.exit == CONFIGURATION
