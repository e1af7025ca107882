"""load and dbt believe a server on another machine only if its certificate is for its name and of a CA that they trust.

The server is this machine: its name resolves to loopback, by a hosts file for the JVM and by PGHOSTADDR for libpq.
"""

import shutil
import ssl
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID
from paceline_dbt.failure import FailureError
from paceline_dbt.trusted_roots import root_file
from paceline_local.commands import Outcome, run_dbt, run_jar
from paceline_local.postgres import Postgres
from paceline_local.private_file import write_private
from paceline_local.tools import Tools
from paceline_local.warehouse import Warehouse
from private_ca import PrivateCa

HOST = "warehouse.example"
CONFIGURATION = 78
BUNDLE, OWN, UNVERIFIED = "PACELINE_CA_BUNDLE", "PACELINE_WAREHOUSE_CA", "PACELINE_WAREHOUSE_UNVERIFIED"
UNKNOWN_CA = "the certificate of warehouse.example:{port} is not signed by a CA that is trusted here"


@dataclass(frozen=True)
class Clients:
    """Both commands, each of which connects and changes nothing."""

    tools: Tools
    folder: Path

    def load(self, server: Warehouse, settings: Mapping[str, str], jvm: str = "") -> Outcome:
        hosts = self.folder / "hosts"
        hosts.write_text(f"127.0.0.1 {HOST} other.example\n")
        env = {**server.settings(), "JAVA_TOOL_OPTIONS": f"-Djdk.net.hosts.file={hosts} {jvm}", **settings}
        return run_jar(self.tools, "load", ["discard", "strava"], env, self.folder / "load.log")

    def dbt(self, server: Warehouse, settings: Mapping[str, str]) -> Outcome:
        env = {**server.settings(), "PGHOSTADDR": "127.0.0.1", "TMPDIR": str(self.folder), **settings}
        return run_dbt(["show", "--inline", "select 1 as one"], env, self.folder / "dbt")

    def both_connect(self, server: Warehouse, settings: Mapping[str, str]) -> None:
        self.load(server, settings).or_fail("load")
        self.dbt(server, settings).or_fail("dbt")
        assert list(self.folder.glob("paceline-ca-*")) == []

    def both_refuse(self, server: Warehouse, settings: Mapping[str, str], what: str, remedy: str) -> None:
        for outcome in (self.load(server, settings), self.dbt(server, settings)):
            assert outcome.exit_code == CONFIGURATION, outcome.log.read_text()[-2000:]
            assert what in outcome.report["error"]["what"]
            assert remedy in outcome.report["error"]["remedy"]
            assert "Traceback" not in outcome.log.read_text()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tls")


@pytest.fixture(scope="module")
def clients(tools: Tools, folder: Path) -> Clients:
    return Clients(tools, folder)


@pytest.fixture(scope="module")
def ca(folder: Path) -> PrivateCa:
    return PrivateCa.create(folder / "ca", "Private CA")


@pytest.fixture(scope="module")
def another(folder: Path) -> PrivateCa:
    """Of the same name."""
    return PrivateCa.create(folder / "stranger", "Private CA")


@pytest.fixture(scope="module")
def stranger(another: PrivateCa) -> str:
    return str(another.file)


def serving(folder: Path, settings: dict[str, str]) -> Iterator[Warehouse]:
    postgres = Postgres(folder, settings={"fsync": "off", **settings})
    try:
        yield replace(postgres.start(), host=HOST)
    finally:
        postgres.stop()


@pytest.fixture(scope="module")
def private(folder: Path, ca: PrivateCa) -> Iterator[Warehouse]:
    yield from serving(folder / "private", ca.issue(HOST))


def test_the_users_own_ca_is_trusted(clients: Clients, private: Warehouse, ca: PrivateCa) -> None:
    clients.both_connect(private, {OWN: str(ca.file)})


def test_the_users_own_ca_may_be_given_as_text(clients: Clients, private: Warehouse, ca: PrivateCa) -> None:
    clients.both_connect(private, {OWN: ca.file.read_text()})
    clients.both_connect(private, {OWN: f"Für unser Lager:\n{ca.file.read_text()}"})


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\nMIIBé\n-----END CERTIFICATE-----\n",
        "Ours:\n-----BEGIN PUBLIC KEY-----\nx\n-----END PUBLIC KEY-----\n",
    ],
)
def test_a_text_that_is_not_a_certificate_is_refused_and_not_shown(clients: Clients, private: Warehouse, text: str) -> None:
    what, remedy = "it contains something that is not a certificate", "put the whole text of a PEM file into it"
    clients.both_refuse(private, {OWN: text}, what, remedy)


def test_the_bundles_cas_are_trusted_in_addition(clients: Clients, private: Warehouse, ca: PrivateCa, stranger: str) -> None:
    clients.both_connect(private, {BUNDLE: str(ca.file), OWN: stranger})


def test_a_ca_that_only_shares_the_name_of_a_trusted_one_is_refused(clients: Clients, private: Warehouse, stranger: str) -> None:
    what = UNKNOWN_CA.format(port=private.port)
    clients.both_refuse(private, {BUNDLE: stranger}, what, f"name the PEM file of the CA that signed it in {OWN}")


def test_without_a_setting_the_jdks_cas_are_trusted(clients: Clients, private: Warehouse, ca: PrivateCa) -> None:
    cacerts = clients.tools.java_home / "lib" / "security" / "cacerts"
    assert UNKNOWN_CA.format(port=private.port) in clients.load(private, {}).report["error"]["what"]
    store = clients.folder / "cacerts"
    shutil.copyfile(cacerts, store)
    keytool = [clients.tools.java_home / "bin" / "keytool", "-importcert", "-noprompt", "-storepass", "changeit"]
    subprocess.run([*keytool, "-keystore", store, "-alias", "private", "-file", ca.file], check=True, capture_output=True)
    clients.load(private, {}, f"-Djavax.net.ssl.trustStore={store}").or_fail("load")


def test_without_a_setting_the_systems_cas_are_trusted(clients: Clients, private: Warehouse, ca: PrivateCa) -> None:
    assert UNKNOWN_CA.format(port=private.port) in clients.dbt(private, {}).report["error"]["what"]
    clients.dbt(private, {"SSL_CERT_FILE": str(ca.file)}).or_fail("dbt")


def test_a_certificate_for_another_host_is_refused(clients: Clients, private: Warehouse, ca: PrivateCa) -> None:
    other = replace(private, host="other.example")
    remedy = "give a name that the certificate has in"
    for outcome in (clients.load(other, {OWN: str(ca.file)}), clients.dbt(other, {OWN: str(ca.file)})):
        assert outcome.exit_code == CONFIGURATION, outcome.log.read_text()[-2000:]
        assert "host name" in outcome.report["error"]["what"]
        assert remedy in outcome.report["error"]["remedy"]


def test_a_certificate_that_has_expired_is_refused(clients: Clients, folder: Path) -> None:
    ca = PrivateCa.create(folder / "expired-ca", "Private CA")
    for expired in serving(folder / "expired", ca.issue(HOST, timedelta(days=-1))):
        what = f"the certificate of {HOST}:{expired.port} has expired or is not valid yet"
        clients.both_refuse(expired, {OWN: str(ca.file)}, what, "renew it on the server")


def test_a_certificate_that_is_not_for_servers_is_refused_and_the_ca_is_not_blamed(
    clients: Clients, folder: Path, ca: PrivateCa
) -> None:
    for client in serving(folder / "purpose", ca.issue(HOST, usage=ExtendedKeyUsageOID.CLIENT_AUTH)):
        what = f"the certificate of {HOST}:{client.port} was refused ("
        clients.both_refuse(client, {OWN: str(ca.file)}, what, "replace the certificate on the server")


def test_nothing_in_the_users_folder_for_libpq_counts(
    clients: Clients, folder: Path, ca: PrivateCa, another: PrivateCa, tmp_path: Path
) -> None:
    home = tmp_path / ".postgresql"
    home.mkdir()
    shutil.copyfile(another.file, home / "root.crt")
    (home / "root.crl").write_bytes(another.revokes_nothing())
    for name in ("postgresql.crt", "postgresql.key", "postgresql.pk8"):
        write_private(home / name, "not one")
    own, jvm = {"HOME": str(tmp_path)}, f"-Duser.home={tmp_path}"
    for server in serving(folder / "home", {**ca.issue(HOST), "ssl_ca_file": str(ca.file)}):
        for settings in ({OWN: str(ca.file)}, {UNVERIFIED: "true"}):
            clients.dbt(server, {**own, **settings}).or_fail("dbt")
            clients.load(server, settings, jvm).or_fail("load")


def test_a_server_without_tls_is_refused_unless_any_server_is_accepted_without_tls(clients: Clients, server: Warehouse) -> None:
    plain = replace(server, host=HOST)
    for settings in ({}, {UNVERIFIED: "true"}):
        clients.both_refuse(plain, settings, "", "turn TLS on there, or do without it: sslmode=disable in")
    clients.both_connect(plain, {UNVERIFIED: "true", "PACELINE_WAREHOUSE": f"{plain.url}?sslmode=disable"})


def test_any_server_that_is_accepted_still_has_to_encrypt(clients: Clients, private: Warehouse) -> None:
    clients.both_connect(private, {UNVERIFIED: "true"})


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (None, "it cannot be read"),
        ("", "it contains no certificate"),
        ("-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n", "it contains something that is not a certificate"),
    ],
    ids=["absent", "empty", "broken"],
)
def test_a_file_that_holds_no_ca_is_named_in_the_same_words(
    clients: Clients, private: Warehouse, tmp_path: Path, text: str | None, what: str
) -> None:
    file = tmp_path / "ca.pem"
    if text is not None:
        file.write_text(text)
    for setting in (OWN, BUNDLE):
        loads = clients.load(private, {setting: str(file)})
        with pytest.raises(FailureError) as error, root_file({setting: str(file)}):
            pass
        dbts = error.value.failure
        assert (loads.exit_code, loads.report["error"]) == (dbts.exit, dbts.to_dict())
        assert (dbts.exit, dbts.what) == (CONFIGURATION, what)


def test_both_files_become_one_that_only_its_user_can_read(ca: PrivateCa, stranger: str) -> None:
    with root_file({BUNDLE: stranger, OWN: str(ca.file)}) as both:
        assert Path(both).stat().st_mode & 0o777 == 0o600
        assert ca.file.read_text() in Path(both).read_text()
        assert Path(stranger).read_text() in Path(both).read_text()
    assert not Path(both).exists()
    with root_file({BUNDLE: stranger}) as bundle:
        assert bundle == stranger


def test_without_a_folder_for_temporary_files_it_says_which_setting(
    ca: PrivateCa, stranger: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    with pytest.raises(FailureError, match="set TMPDIR") as error, root_file({BUNDLE: stranger, OWN: str(ca.file)}):
        pass
    assert error.value.failure.exit == CONFIGURATION


def test_the_systems_bundle_may_be_a_file_in_its_folder_and_a_system_without_one_is_told_the_setting(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    paths = ssl.get_default_verify_paths()._replace(cafile=None, capath=str(tmp_path))
    monkeypatch.setattr(ssl, "get_default_verify_paths", lambda: paths)
    with pytest.raises(FailureError, match=f"name a PEM file in {BUNDLE}") as error, root_file({}):
        pass
    assert error.value.failure.exit == CONFIGURATION
    (tmp_path / "ca-certificates.crt").touch()
    with root_file({}) as bundle:
        assert bundle == f"{tmp_path}/ca-certificates.crt"
