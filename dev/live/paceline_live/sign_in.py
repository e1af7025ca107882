"""Is the token taken, and is one that was renewed the one that lies in the store?"""

from dataclasses import dataclass
from typing import Any

from paceline_local.failure import BUG, Failure

from paceline_live.settings import Live


@dataclass(frozen=True)
class Token:
    """As the store shows it: until when its access token lives, and whether the store keeps what is written."""

    until: str | None
    kept: bool


@dataclass(frozen=True)
class SignedIn:
    """`token` is what lies in the store after the source has taken it."""

    token: Token
    says: str
    calls: int


def stored_token(live: Live) -> Token:
    """What is stored, without a call."""
    return _token(_check(live, "--offline"))


def sign_in(live: Live) -> SignedIn:
    """One call, which renews the token where that is due and only there."""
    account = _check(live)
    scopes = ", ".join(account.get("scopes") or ["not noted"])
    return SignedIn(_token(account), f"the source takes that of {live.account}; scopes: {scopes}", int(account["asked"]))


def rotation(found: Token, signed_in: Token, again: Token) -> str:
    """A refresh token can only be tried by using it up. But it is stored together with the access token that it came with;
    and that one was taken from a second process, which had nothing but the store and did not renew it.
    """
    if not signed_in.kept:
        return "cannot be kept: this store is read only, and a renewed token is lost with its run"
    if signed_in.until is None or again.until != signed_in.until:
        raise Failure(
            f"The token that was stored, good until {signed_in.until}, is not what a second process used ({again.until}).",
            "Let no other extract run meanwhile; if none did, please report it.",
            BUG,
        )
    if signed_in.until == found.until:
        return f"not due: the token is good until {found.until}, and none was used up to prove it"
    return f"due: the new token is good until {signed_in.until}, lies in the store, and a second process was taken with it"


def _check(live: Live, *words: str) -> dict[str, Any]:
    outcome = live.run("extract", "check", "strava", "--account", live.account, *words)
    return dict(outcome.or_fail("extract check")["accounts"][0])


def _token(account: dict[str, Any]) -> Token:
    return Token(account["token"].get("expires_at"), account["token"]["kept"])
