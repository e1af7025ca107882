"""Verifies AWS's Signature Version 4: that a request was signed with our key, recently, and arrived as it was sent.

Only the form that AWS's JSON protocol uses: a header, over POST / with the whole body, never a query string.
"""

import hashlib
import hmac
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import Message

from paceline_local.ecs.access_key import AccessKey
from paceline_local.ecs.api_errors import ApiError

_ALGORITHM = "AWS4-HMAC-SHA256"
_AUTHORIZATION = re.compile(
    rf"{_ALGORITHM} Credential=(?P<key>[^/,\s]+)/(?P<scope>(?P<date>[0-9]{{8}})/[a-z0-9-]+/[a-z0-9-]+/aws4_request),"
    r"\s*SignedHeaders=(?P<headers>[a-z0-9;-]+),\s*Signature=(?P<signature>[0-9a-f]{64})"
)
_TIME = "%Y%m%dT%H%M%SZ"
_DATE_HEADER = "x-amz-date"
# Without these a signature would also be valid for another action, address or day.
_REQUIRED = {"host", _DATE_HEADER, "x-amz-target"}
_MAX_AGE = timedelta(minutes=15)


def _now() -> datetime:
    return datetime.now(UTC)


class Signatures:
    """Verifies requests by one key."""

    def __init__(self, key: AccessKey, now: Callable[[], datetime] = _now) -> None:
        self._key = key
        self._now = now

    def verify(self, headers: Message, body: bytes) -> None:
        """Returns if the request is ours, or raises AWS's own error."""
        sent = _header(headers, "authorization")
        if sent is None:
            raise ApiError("MissingAuthenticationTokenException", "Missing Authentication Token")
        found = _AUTHORIZATION.fullmatch(sent)
        if found is None:
            raise ApiError("IncompleteSignatureException", f"The Authorization header is not of the form {_ALGORITHM} requires.")
        if not _equal(found["key"], self._key.key_id):
            raise ApiError("UnrecognizedClientException", "The security token included in the request is invalid.")
        signed = found["headers"].split(";")
        if not set(signed) >= _REQUIRED:
            raise _refused(f"The headers {', '.join(sorted(_REQUIRED - set(signed)))} must be signed.")
        values = {name: _header(headers, name) for name in signed}
        time = self._recent(values[_DATE_HEADER] or "", found["date"])
        if not _equal(found["signature"], self._signature(time, found["scope"], _canonical(values, body))):
            raise _refused("The request signature we calculated does not match the signature you provided.")

    def _recent(self, text: str, date: str) -> str:
        try:
            time = datetime.strptime(text, _TIME).replace(tzinfo=UTC)
        except ValueError:
            raise _refused(f"'{text}' is not a time of the form {_TIME}.") from None
        if not text.startswith(date):
            raise _refused("The date of the credential scope is not that of the request.")
        if abs(self._now() - time) > _MAX_AGE:
            raise _refused(f"Signature expired: {text} is more than {_MAX_AGE} away from this machine's time.")
        return text

    def _signature(self, time: str, scope: str, canonical: str) -> str:
        key = f"AWS4{self._key.secret}".encode()
        for part in scope.split("/"):
            key = hmac.digest(key, part.encode(), "sha256")
        text = f"{_ALGORITHM}\n{time}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
        return hmac.digest(key, text.encode(), "sha256").hex()


def _header(headers: Message, name: str) -> str | None:
    """Its only value: of two, one might be verified and the other one obeyed."""
    values = headers.get_all(name, [])
    if len(values) > 1:
        raise _refused(f"The header {name} was sent more than once.")
    return values[0] if values else None


def _canonical(values: dict[str, str | None], body: bytes) -> str:
    lines = [f"{name}:{' '.join((value or '').split())}" for name, value in sorted(values.items())]
    return "\n".join(["POST", "/", "", *lines, "", ";".join(sorted(values)), hashlib.sha256(body).hexdigest()])


def _equal(left: str, right: str) -> bool:
    return hmac.compare_digest(left.encode(), right.encode())


def _refused(message: str) -> ApiError:
    return ApiError("InvalidSignatureException", message)
