"""Whose certificates are trusted, as in load: everybody's CAs and the user's own, in the one file that libpq takes."""

import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from paceline_dbt.exits import Exit
from paceline_dbt.failure import Failure, FailureError, clause, setting_refused

_BUNDLE = "PACELINE_CA_BUNDLE"
_OWN = "PACELINE_WAREHOUSE_CA"
# As in cli's TrustedCertificates: no file is named so. Whatever else is PEM, such as a key, must not be shown as a file's name.
_PEM = "-----BEGIN "


@contextmanager
def root_file(environment: Mapping[str, str]) -> Iterator[str]:
    """A file for `sslrootcert`. With a CA of the user's own it is a temporary one, readable by this user alone."""
    bundle = _named(environment, _BUNDLE) or _of_the_system()
    own = _own(environment)
    if own is None:
        yield str(bundle)
        return
    with _temporary(bundle.read_bytes() + b"\n" + own) as both:
        yield both.name


def _own(environment: Mapping[str, str]) -> bytes | None:
    """The setting names a file, or has its text: a container may have no way to a file."""
    text = environment.get(_OWN, "")
    if _PEM not in text:
        file = _named(environment, _OWN)
        return file.read_bytes() if file else None
    try:
        # Python takes ASCII only, and the comments between certificates may be in any language.
        ascii_text = text.encode("ascii", "replace").decode("ascii")
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=ascii_text)
    except (ssl.SSLError, ValueError):
        remedy = "put the whole text of a PEM file into it, with its line breaks"
        doing = f"Reading the certificates in {_OWN}"
        raise FailureError(
            Failure(Exit.CONFIGURATION, doing, "it contains something that is not a certificate", remedy)
        ) from None
    return text.encode("utf-8", "surrogateescape")


def _temporary(pem: bytes) -> IO[bytes]:
    try:
        file = NamedTemporaryFile(prefix="paceline-ca-", suffix=".pem")  # noqa: SIM115 the caller closes it
        file.write(pem)
        file.flush()
    except OSError as failed:
        doing = "Writing the trusted CAs to a temporary file"
        reason = clause(failed.strerror or str(failed))
        raise FailureError(Failure(Exit.CONFIGURATION, doing, reason, "set TMPDIR to a writable folder")) from None
    return file


def _named(environment: Mapping[str, str], variable: str) -> Path | None:
    file = environment.get(variable, "")
    if not file.strip():
        return None
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cafile=file)
    except ssl.SSLError as wrong:
        empty = wrong.reason == "NO_CERTIFICATE_OR_CRL_FOUND"
        what = "it contains no certificate" if empty else "it contains something that is not a certificate"
        raise _unusable(variable, file, what) from None
    except (OSError, ValueError):
        raise _unusable(variable, file, "it cannot be read") from None
    return Path(file)


def _unusable(variable: str, file: str, what: str) -> FailureError:
    doing = f'Reading the certificates of "{file}"'
    return FailureError(Failure(Exit.CONFIGURATION, doing, what, f"name a PEM file in {variable}"))


def _of_the_system() -> Path:
    """libpq's own idea of it is that of the machine on which the wheel was built."""
    paths = ssl.get_default_verify_paths()
    for file in (paths.cafile, f"{paths.capath}/ca-certificates.crt"):  # Debian's OpenSSL knows only the folder
        if file and Path(file).is_file():
            return Path(file)
    raise setting_refused(_BUNDLE, "it is not set, and this system has no bundle of CAs", f"name a PEM file in {_BUNDLE}")
