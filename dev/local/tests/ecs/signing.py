"""Requests signed by botocore, the way boto3 does, of which a test may then change anything."""

import http.client
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from paceline_local.ecs.access_key import AccessKey

ECS, LOGS = "AmazonEC2ContainerServiceV20141113", "Logs_20140328"


class _SignedAt(botocore.auth.SigV4Auth):
    """Signs as if it were another time."""

    def __init__(self, key: AccessKey, service: str, at: datetime, unsigned: Iterable[str]) -> None:
        super().__init__(Credentials(key.key_id, key.secret), service, "eu-west-1")
        self._at, self._unsigned = at, set(unsigned)

    def headers_to_sign(self, request: AWSRequest) -> http.client.HTTPMessage:
        headers = super().headers_to_sign(request)
        for name in self._unsigned:
            del headers[name]
        return headers

    def add_auth(self, request: AWSRequest) -> None:
        request.context["timestamp"] = self._at.strftime("%Y%m%dT%H%M%SZ")
        self._modify_request_before_signing(request)
        canonical = self.canonical_request(request)
        self._inject_signature_to_request(request, self.signature(self.string_to_sign(request, canonical), request))


def signed(
    url: str,
    key: AccessKey,
    target: str,
    body: bytes,
    *,
    service: str = "ecs",
    at: datetime | None = None,
    unsigned: Iterable[str] = (),
) -> dict[str, str]:
    """The headers of a request to this URL."""
    headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": target, "Host": urlsplit(url).netloc}
    request = AWSRequest("POST", f"{url}/", headers, body)
    _SignedAt(key, service, at or datetime.now(UTC), unsigned).add_auth(request)
    return dict(request.headers.items())


def post(url: str, headers: Mapping[str, str], body: bytes, *, path: str = "/") -> tuple[int, bytes]:
    """Sends exactly these headers, and the length of the body."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    connection.putrequest("POST", path, skip_host=True, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body)
    response = connection.getresponse()
    text = response.read()
    connection.close()
    return response.status, text
