"""Kills a process at a moment, and heals what a person would have to."""

import os
import signal
import subprocess
import time
from collections.abc import Callable

from paceline_local.commands import Outcome, start_jar
from paceline_local.stack import SOURCE, Stack
from paceline_local.tokens import put_first_token
from paceline_local.waiting import wait_until

KILLS = int(os.environ.get("PACELINE_KILLS", "5"))
TRY_AGAIN = 75


def start(stack: Stack, jar: str, step: str, env: dict[str, str]) -> subprocess.Popen[bytes]:
    return start_jar(stack.tools, jar, [step, SOURCE], env, stack.variant.logs / f"{jar}-killed.log")


def kill_after(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """False where the process had ended by then."""
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def kill_when(process: subprocess.Popen[bytes], moment: Callable[[], bool]) -> bool:
    """False where the process had ended by then."""
    try:
        wait_until(lambda: process.poll() is not None or moment(), "The moment of a kill did not come", "Read the log.", 120)
    finally:
        process.kill()
    return process.wait() == -signal.SIGKILL


def until_free(run: Callable[[], Outcome]) -> Outcome:
    """A killed holder's lock is taken over when it is stale; until then a run says 75, try again."""
    deadline = time.monotonic() + 240
    outcome = run()
    while outcome.exit_code == TRY_AGAIN and time.monotonic() < deadline:
        outcome = run()
    return outcome


def authorize_again_if_killed_during_token_rotation(stack: Stack) -> None:
    """Between the API's answer and the store's rename the new token is known to nobody: an athlete would consent again.

    Only there: a run that has made a call with a token has stored it before.
    """
    calls = [endpoint for endpoint in stack.sandbox.control("GET", "calls") if not endpoint.endswith("/oauth/token")]
    for account, athlete in stack.athletes().items():
        token = stack.variant.tokens / f"{SOURCE}-{account}.json"
        if athlete["refresh_token"] not in token.read_text():
            assert calls == [], "a token was used that was not stored"
            print(f"the kill fell into the rotation of {account}'s token")
            authorize_again(stack, account)


def authorize_again(stack: Stack, account: str) -> None:
    """As `extract authorize` does once the athlete has consented."""
    (stack.variant.tokens / f"{SOURCE}-{account}.json").unlink()
    put_first_token(stack.variant.tokens, SOURCE, account, stack.athletes()[account]["refresh_token"])
