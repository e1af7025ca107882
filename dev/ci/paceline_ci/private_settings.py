"""What only this machine knows of what `dev/images/secrets` hands to builds: hosts of registries, passwords, CAs of its own."""

import base64
import os
import re
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import certifi
from paceline_local.paths import CHECKOUT

_IMAGES = CHECKOUT / "dev" / "images"
_PUBLIC_HOSTS = {
    *("pypi.org", "files.pythonhosted.org", "proxy.golang.org", "sum.golang.org", "deb.debian.org", "security.debian.org"),
    *("repo.maven.apache.org", "repo1.maven.org", "maven.apache.org", "www.w3.org", "github.com", "localhost", "127.0.0.1"),
}
_PUBLIC_CAS = (Path(certifi.where()), *_IMAGES.glob("ca/*.pem"), *Path("/usr/share/ca-certificates").glob("**/*.crt"))
_URL = re.compile(r"https?://[^\s\"'<>,|]+")
_PASSWORD = re.compile(r"<(?:password|passphrase)>\s*([^<]+?)\s*<")
_VARIABLE = re.compile(r"\$\{env\.(\w+)\}")
_CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----")
# Shorter ones are found anywhere.
_SHORTEST = 6
# A line of a PEM file, and the bytes that it stands for.
_LINE, _BYTES = 64, 48


def private_settings(folder: Path) -> dict[bytes, str]:
    """Each with what it is, so that a test can say what it found without showing it. Files are made in `folder`."""
    listed = subprocess.run([_IMAGES / "secrets", folder], capture_output=True, text=True, check=True).stdout
    found: dict[bytes, str] = {}
    for secret, file in re.findall(r"^id=([^,]+),src=(.+)$", listed, re.MULTILINE):
        if secret == "machine-ca":  # noqa: S105 its name
            found |= dict.fromkeys(_own_cas(Path(file).read_text()), f"a CA of {secret}")
        else:
            text = _VARIABLE.sub(lambda name: os.environ.get(name[1], ""), Path(file).read_text())
            found |= {word.encode(): f"a {kind} of {secret}" for word, kind in _hosts_and_passwords(text)}
    return found


def _hosts_and_passwords(text: str) -> Iterator[tuple[str, str]]:
    urls = [urlsplit(url) for url in _URL.findall(text)]
    for host in {url.hostname for url in urls if url.hostname} - _PUBLIC_HOSTS:
        yield (host if "." in host else f"//{host}"), "host"
    passwords = {url.password for url in urls if url.password} | set(_PASSWORD.findall(text))
    for password in passwords | {unquote(password) for password in passwords}:
        if len(password) >= _SHORTEST:
            yield password, "password"


def _own_cas(pem: str) -> Iterator[bytes]:
    """From the middle of each certificate that is not public, as PEM has it and as a trust store has it."""
    public = {each for file in _PUBLIC_CAS for each in _certificates(file.read_text())}
    for der in set(_certificates(pem)) - public:
        line = len(der) // _BYTES // 2
        yield base64.b64encode(der)[line * _LINE :][:_LINE]
        yield der[line * _BYTES :][:_BYTES]


def _certificates(text: str) -> list[bytes]:
    return [ssl.PEM_cert_to_DER_cert(each) for each in _CERTIFICATE.findall(text)]
