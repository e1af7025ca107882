"""Kills a process at a chosen moment, and repairs what a user would have to repair."""

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
    """Returns False if the process had already ended."""
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def kill_when(process: subprocess.Popen[bytes], moment: Callable[[], bool]) -> bool:
    """Returns False if the process had already ended."""
    try:
        wait_until(lambda: process.poll() is not None or moment(), "The moment to kill did not come", "Read the log.", 120)
    finally:
        process.kill()
    return process.wait() == -signal.SIGKILL


def until_free(run: Callable[[], Outcome]) -> Outcome:
    """Runs until the killed process's lock is stale and can be taken over; until then a run exits with 75, try again."""
    deadline = time.monotonic() + 240
    outcome = run()
    while outcome.exit_code == TRY_AGAIN and time.monotonic() < deadline:
        outcome = run()
    return outcome


def authorize_again_if_killed_during_token_rotation(stack: Stack) -> None:
    """A new token is lost if the kill falls between the API's response and the store's rename; the athlete must consent again.

    It can only be lost there, because a run stores a token before it makes a call with it.
    """
    calls = [endpoint for endpoint in stack.sandbox.control("GET", "calls") if not endpoint.endswith("/oauth/token")]
    for account, athlete in stack.athletes().items():
        token = stack.variant.tokens / f"{SOURCE}-{account}.json"
        if athlete["refresh_token"] not in token.read_text():
            assert calls == [], "a token was used before it was stored"
            print(f"killed during the rotation of {account}'s token")
            authorize_again(stack, account)


def authorize_again(stack: Stack, account: str) -> None:
    """Does what `extract authorize` does once the athlete has consented."""
    (stack.variant.tokens / f"{SOURCE}-{account}.json").unlink()
    put_first_token(stack.variant.tokens, SOURCE, account, stack.athletes()[account])
