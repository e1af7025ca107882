"""A first import killed at any call ends up the same as an undisturbed one, and repeats at most the calls of one commit."""

from collections import Counter
from collections.abc import Callable
from random import Random

from calls import calls, forget_calls, hold, release, total
from kills import (
    KILLS,
    authorize_again,
    authorize_again_if_killed_during_token_rotation,
    kill_when,
    start,
    until_free,
)
from paceline_local.paths import Variant
from paceline_local.stack import Stack
from snapshots import assert_complete, lake_snapshot, written
from stacks import NewStack

REFUSED = 77
ACTIVITIES = 70
# A run commits after this many calls, so it never repeats more.
CALLS_OF_A_COMMIT = 100
# A run is held this many calls after the one at which it should be killed: it is running, and cannot end before that.
LEEWAY = 3


def test_an_import_killed_at_any_call_ends_up_the_same_as_an_undisturbed_one(new_stack: NewStack, rng: Random) -> None:
    undisturbed = new_stack("--activities", str(ACTIVITIES))
    (account,) = undisturbed.athletes()
    undisturbed.extract().or_fail("extract")
    assert_complete(undisturbed, account)
    expected, needed = lake_snapshot(undisturbed, account), total(calls(undisturbed))
    assert needed > CALLS_OF_A_COMMIT
    for number in range(KILLS):
        stack = with_an_empty_lake(undisturbed, f"killed-{number}")
        forget_calls(stack)
        last = int((needed - LEEWAY) * (number + rng.random()) / KILLS)
        hold(stack.sandbox, after=last + LEEWAY)
        assert kill_when(start(stack, "extract", "sync", stack.extract_environment()), calls_reached(stack, last))
        release(stack.sandbox)
        authorize_again_if_killed_during_token_rotation(stack)
        until_free(stack.extract).or_fail("extract")
        assert lake_snapshot(stack, account) == expected, f"killed after {last} of {needed} calls"
        assert written_twice(stack, account) == {}, f"killed after {last} of {needed} calls"
        assert total(calls(stack)) <= needed + CALLS_OF_A_COMMIT, f"killed after {last} of {needed} calls"


def test_a_kill_during_token_rotation_costs_only_a_new_consent(new_stack: NewStack) -> None:
    stack = new_stack("--activities", "5")
    (account,) = stack.athletes()
    stack.sandbox.control("POST", "faults", {"kind": "token_rotated_but_unanswered", "times": 1})
    assert kill_when(start(stack, "extract", "sync", stack.extract_environment()), token_was_requested(stack))

    lost = until_free(stack.extract)
    assert lost.exit_code == REFUSED, lost.log.read_text()
    assert f"extract authorize strava --account {account}" in lost.errors()[0]["remedy"]
    assert calls(stack) == {}

    authorize_again(stack, account)
    stack.extract().or_fail("extract")
    assert_complete(stack, account)


def with_an_empty_lake(stack: Stack, name: str) -> Stack:
    """A stack on the same sandbox with its own lake and token."""
    other = Stack(stack.tools, Variant(stack.variant.folder / name), stack.sandbox, stack.warehouse)
    other.authorize()
    return other


def calls_reached(stack: Stack, number: int) -> Callable[[], bool]:
    return lambda: total(calls(stack)) >= number


def token_was_requested(stack: Stack) -> Callable[[], bool]:
    return lambda: "/oauth/token" in stack.sandbox.control("GET", "calls")


def written_twice(stack: Stack, account: str) -> dict[str, int]:
    """Records that occur more than once in the log; there are none if nothing changed at the source."""
    lines = Counter(f"{stream} {line['key']}" for stream, line in written(stack, account))
    return {line: times for line, times in lines.items() if times > 1}
