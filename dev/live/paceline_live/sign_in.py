"""Checks that the source accepts the token, and that a refreshed token is the stored one."""

from dataclasses import dataclass
from typing import Any

from paceline_local.failure import BUG, Failure

from paceline_live.settings import Live


@dataclass(frozen=True)
class Token:
    """As the store shows it: when its access token expires, and whether the store can be written."""

    until: str | None
    kept: bool


@dataclass(frozen=True)
class SignedIn:
    """`token` is what is in the store after the source has accepted it."""

    token: Token
    message: str
    calls: int


def stored_token(live: Live) -> Token:
    """The stored token, without a call."""
    return _token(_check(live, "--offline"))


def sign_in(live: Live) -> SignedIn:
    """One call, which refreshes the token only if that is due."""
    account = _check(live)
    scopes = ", ".join(account.get("scopes") or ["not recorded"])
    return SignedIn(_token(account), f"accepted by the source for {live.account}; scopes: {scopes}", int(account["asked"]))


def rotation(before: Token, signed_in: Token, again: Token) -> str:
    """A refresh token can only be tried by using it up. But it is stored with the access token of the same response, and a
    second process, which had nothing but the store, was able to use that access token without a refresh.
    """
    if not signed_in.kept:
        return "cannot be kept: this store is read-only, and a refreshed token is lost with its run"
    if signed_in.until is None or again.until != signed_in.until:
        raise Failure(
            f"The token that was stored, good until {signed_in.until}, is not what a second process used ({again.until}).",
            "Let no other extract run at the same time; if none did, please report this as a bug.",
            BUG,
        )
    if signed_in.until == before.until:
        return f"not due: the token is good until {before.until}, so none was refreshed"
    return f"due: the new token is good until {signed_in.until}, is stored, and a second process was able to use it"


def _check(live: Live, *words: str) -> dict[str, Any]:
    outcome = live.run("extract", "check", "strava", "--account", live.account, *words)
    return dict(outcome.or_fail("extract check")["accounts"][0])


def _token(account: dict[str, Any]) -> Token:
    return Token(account["token"].get("expires_at"), account["token"]["kept"])
