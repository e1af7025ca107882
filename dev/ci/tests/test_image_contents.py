"""What a build must not keep is found in any layer of a saved image."""

import base64
import io
import tarfile
from pathlib import Path

import pytest
from paceline_ci import private_settings as private
from paceline_ci.image_contents import files_with

WORDS = {b"registry.example": "a host"}


def tar(files: dict[str, bytes], mode: str = "w") -> bytes:
    into = io.BytesIO()
    with tarfile.open(fileobj=into, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return into.getvalue()


def found(saved: dict[str, bytes]) -> list[str]:
    return files_with(WORDS, io.BytesIO(tar(saved)))


@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_a_file_of_any_layer_is_searched(mode: str) -> None:
    first = tar({"etc/hosts": b"localhost", "etc/pip.conf": b"\0https://registry.example/simple"}, mode)
    last = tar({"etc/.wh.pip.conf": b""}, mode)
    assert found({"1/layer.tar": first, "2/layer.tar": last, "2/json": b"{}"}) == ["1/layer.tar: etc/pip.conf has a host"]


def test_the_history_is_searched() -> None:
    assert found({"1/layer.tar": tar({"a": b"b"}), "config.json": b'{"history": "RUN curl registry.example"}'}) == [
        "config.json has a host"
    ]


def test_hosts_and_passwords_that_are_not_public_are_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = tmp_path / ".m2" / "settings.xml"
    settings.parent.mkdir()
    settings.write_text(
        '<settings xmlns="http://maven.apache.org/SETTINGS/1.0.0"><password>${env.MAVEN_PW}</password></settings>'
    )
    for name, value in {
        "HOME": str(tmp_path),
        "MAVEN_PW": "open sesame",
        "PIP_INDEX_URL": "https://me:s%40cret@pypi.example/simple",
        "PIP_EXTRA_INDEX_URL": "https://pypi.org/simple",
        "PACELINE_DEBIAN_MIRROR": "http://mirror/debian",
        "SSL_CERT_FILE": "/none",
    }.items():
        monkeypatch.setenv(name, value)
    words = private.private_settings(tmp_path)
    assert (
        words.items()
        >= {
            b"pypi.example": "a host of pip-conf",
            b"s%40cret": "a password of pip-conf",
            b"s@cret": "a password of pip-conf",
            b"//mirror": "a host of apt-sources",
            b"open sesame": "a password of maven-settings",
        }.items()
    )
    assert not {b"pypi.org", b"maven.apache.org"} & words.keys()


def test_a_ca_that_only_this_machine_trusts_is_looked_for_as_pem_and_as_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = bytes(range(256)) * 3
    pem = f"-----BEGIN CERTIFICATE-----\n{base64.encodebytes(own).decode()}-----END CERTIFICATE-----\n"
    public = next(iter(private._PUBLIC_CAS)).read_text()
    (tmp_path / "ca.pem").write_text(public + pem)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    words = [word for word, what in private.private_settings(tmp_path).items() if what == "a CA of machine-ca"]
    assert len(words) == 2
    assert own[384:432] in words
    assert base64.b64encode(own[384:432]) in words
