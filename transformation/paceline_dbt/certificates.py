"""Why a certificate was refused. libpq shows OpenSSL's first error, which may be a detail or say nothing of the reason."""

import re
import socket
import ssl
import struct
from collections.abc import Mapping
from dataclasses import replace

from paceline_dbt.failure import Failure
from paceline_dbt.sqlstates import NAME_THE_CA
from paceline_dbt.tls import NO_FILE
from paceline_dbt.warehouse import HOST, ROOTS

_FAILED = re.compile(r'server at "([^"]*)"(?: \(([^)]*)\))?, port (\d+) failed: SSL error: ')
_SSL_REQUEST = struct.pack("!ii", 8, 80877103)
# X509_V_ERR_CERT_NOT_YET_VALID and X509_V_ERR_CERT_HAS_EXPIRED
_NOT_NOW = (9, 10)
# No issuer is known, or the one that is known has another key: UNABLE_TO_GET_ISSUER_CERT, CERT_SIGNATURE_FAILURE,
# DEPTH_ZERO_SELF_SIGNED_CERT, SELF_SIGNED_CERT_IN_CHAIN, UNABLE_TO_GET_ISSUER_CERT_LOCALLY, UNABLE_TO_VERIFY_LEAF_SIGNATURE
_UNKNOWN_CA = (2, 7, 18, 19, 20, 21)
_TIMEOUT_S = 10


def explained(failure: Failure, profile: Mapping[str, str]) -> Failure:
    """The failure with its reason, in load's words, if it is a certificate's; `profile` has the variables of `profiles.yml`."""
    failed = _FAILED.search(failure.what)
    if not failed or profile[ROOTS] == NO_FILE:
        return failure
    name, address, port = failed.groups()
    refused = _verify(address or name, int(port), profile[ROOTS])
    if not refused:
        return failure
    server = f"{profile[HOST]}:{port}"
    if refused.verify_code in _NOT_NOW:
        return replace(
            failure,
            what=f"the certificate of {server} has expired or is not valid yet",
            remedy="renew it on the server, or correct this machine's clock",
        )
    if refused.verify_code in _UNKNOWN_CA:
        what = f"the certificate of {server} is not signed by a CA that is trusted here"
        return replace(failure, what=what, remedy=NAME_THE_CA)
    what = f"the certificate of {server} was refused ({refused.verify_message})"
    return replace(failure, what=what, remedy="replace the certificate on the server")


def _verify(address: str, port: int, roots: str) -> ssl.SSLCertVerificationError | None:
    """OpenSSL's verdict in another handshake with the same server; None if it has none, or there is no answer."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.load_verify_locations(cafile=roots)
    try:
        with socket.create_connection((address, port), _TIMEOUT_S) as plain:
            plain.sendall(_SSL_REQUEST)
            plain.recv(1)
            context.wrap_socket(plain).close()
    except ssl.SSLCertVerificationError as refused:
        return refused
    except OSError:
        return None
    return None
