"""What an error of Postgres means to dbt's command, by SQLSTATE or text, without a server."""

import pytest
from paceline_dbt.exits import Exit
from paceline_dbt.sqlstates import meaning_of_connecting, meaning_of_state


@pytest.mark.parametrize(
    ("states", "exit_"),
    [
        ("28000 28P01 42501", Exit.REFUSED),
        ("3D000 57P04 42601 42P01 42703 0A000 55000", Exit.CONFIGURATION),
        ("25006 53000 53100 53200 53300 53400 57000 57014 57P01 57P02 57P03 57P05", Exit.UNAVAILABLE),
        ("58000 58030 58P01 58P02 08000 08006", Exit.UNAVAILABLE),
        ("40001 40P01 55P03 42P07", Exit.TRY_AGAIN),
        ("21000 22003 22P02 23502 23505 P0001", Exit.UNUSABLE),
        ("XX000 25001 55006 P0002", Exit.BUG),
    ],
)
def test_a_state_counts_by_its_class_unless_it_differs(states: str, exit_: Exit) -> None:
    assert {state: meaning_of_state(state)[0] for state in states.split()} == dict.fromkeys(states.split(), exit_)


@pytest.mark.parametrize(
    ("text", "exit_", "remedy"),
    [
        ('FATAL:  password authentication failed for user "me"', Exit.REFUSED, "PACELINE_WAREHOUSE_PASSWORD"),
        ("fe_sendauth: no password supplied", Exit.REFUSED, "PACELINE_WAREHOUSE_PASSWORD"),
        ('FATAL:  role "me" does not exist', Exit.REFUSED, "correct the user"),
        ('FATAL:  database "w" does not exist', Exit.CONFIGURATION, "create the database"),
        ("server does not support SSL, but SSL was required", Exit.CONFIGURATION, "sslmode"),
        ("SSL error: certificate verify failed", Exit.CONFIGURATION, "PACELINE_WAREHOUSE_CA"),
        ('server certificate for "a" does not match host name "b"', Exit.CONFIGURATION, "give a name that the certificate has"),
        ('could not read root certificate file "/x.pem"', Exit.CONFIGURATION, "TLS settings"),
        ("SSL error: tlsv1 alert protocol version", Exit.CONFIGURATION, "TLS settings"),
        ("SSL error: unexpected eof while reading", Exit.UNAVAILABLE, "check that Postgres is running there"),
        ("FATAL:  the database system is starting up", Exit.UNAVAILABLE, "PACELINE_WAREHOUSE"),
        ("FATAL:  sorry, too many clients already", Exit.UNAVAILABLE, "PACELINE_WAREHOUSE"),
        ("Connection refused", Exit.UNAVAILABLE, "check that Postgres is running there"),
    ],
)
def test_a_failed_connection_counts_by_its_text(text: str, exit_: Exit, remedy: str) -> None:
    meant = meaning_of_connecting(f'connection to server at "127.0.0.1", port 5432 failed: {text}')
    assert (meant[0], remedy in meant[1]) == (exit_, True), meant
