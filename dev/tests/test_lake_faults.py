"""A lake that is failing, full or busy: a run ends with an error, what was committed stays, and the next run continues."""

import resource
from pathlib import Path

from athletes import NO_VERIFICATION, Athlete
from bucket import copy_of
from calls import Calls, calls, forget_calls
from kills import kill_when
from paceline_local.commands import last_report, start_jar
from paceline_local.stack import SOURCE
from paceline_local.waiting import PATIENCE, wait_until
from s3_proxy import failing_s3, s3_that_ignores
from snapshots import assert_complete, lake_snapshot

UNAVAILABLE, TRY_AGAIN, CONFIGURATION = 69, 75, 78
LARGEST_FILE = 150_000
# Gets no response: the run that calls it holds the lake until it is killed.
HANGING = "/athlete/zones"


def test_an_s3_that_returns_503_and_drops_connections_loses_nothing(
    newcomer: Athlete, s3: dict[str, str], tmp_path: Path
) -> None:
    with failing_s3(s3["AWS_ENDPOINT_URL"], every=4) as (address, failed):
        newcomer.extract(**{**s3, "AWS_ENDPOINT_URL": address}).or_fail("extract")
        again = newcomer.extract(*NO_VERIFICATION, **{**s3, "AWS_ENDPOINT_URL": address}).or_fail("extract")
    assert {"503", "dropped"} <= set(failed)
    assert again["accounts"][0]["commits"] == []
    assert_complete(newcomer.stack, newcomer.account, lake=copy_of(s3, tmp_path / "copy"))


def test_two_overlapping_runs_write_nothing_to_a_store_that_would_let_one_overwrite_the_other(
    newcomer: Athlete, s3: dict[str, str], tmp_path: Path
) -> None:
    stack = newcomer.stack
    with s3_that_ignores("If-None-Match", s3["AWS_ENDPOINT_URL"]) as address:
        env = {**stack.extract_environment(), "PACELINE_STRAVA_ACCOUNTS": newcomer.account, **s3, "AWS_ENDPOINT_URL": address}
        logs = [stack.variant.logs / f"extract-overlapping-{number}.log" for number in (1, 2)]
        for process in [start_jar(stack.tools, "extract", ["sync", SOURCE], env, log) for log in logs]:
            process.wait(timeout=PATIENCE)
    for log in logs:
        report = last_report(log.read_text())
        assert (report["exit"], "If-None-Match" in report["error"]["what"]) == (CONFIGURATION, True), report
    copy = copy_of(s3, tmp_path / "copy")
    assert [path.name for path in copy.rglob("*") if path.is_file()] == ["lake.json"]


def test_a_full_lake_keeps_what_was_committed_and_gets_the_rest_once_it_has_room(newcomer: Athlete) -> None:
    newcomer.extract("--streams=activities").or_fail("extract")
    before = newcomer.lake()
    stack = newcomer.stack
    log = stack.variant.logs / "extract-full.log"
    env = {**stack.extract_environment(), "PACELINE_STRAVA_ACCOUNTS": newcomer.account}
    process = start_jar(stack.tools, "extract", ["sync", SOURCE], env, log)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    assert process.wait(timeout=PATIENCE) == UNAVAILABLE, log.read_text()
    (account,) = last_report(log.read_text())["accounts"]
    assert all(account["error"][part] for part in ("doing", "what", "remedy"))
    assert newcomer.lake() == before
    newcomer.extract().or_fail("extract")
    assert_complete(stack, newcomer.account)


def test_of_two_concurrent_runs_one_makes_no_call_and_exits_with_try_again(newcomer: Athlete) -> None:
    stack = newcomer.stack
    forget_calls(stack)
    newcomer.control("POST", "faults", {"kind": "hang", "endpoint": HANGING})
    env = {**stack.extract_environment(), "PACELINE_STRAVA_ACCOUNTS": newcomer.account}
    first = start_jar(stack.tools, "extract", ["sync", SOURCE], env, stack.variant.logs / "extract-first.log")
    try:
        wait_until(lambda: HANGING in calls(stack), "The first run did not start", "Read its log.")
        before = of_others(calls(stack))
        second = newcomer.extract()
        assert second.exit_code == TRY_AGAIN, second.log.read_text()
        assert second.report["resume_at"]
        assert of_others(calls(stack)) == before
    finally:
        assert kill_when(first, lambda: True)
        newcomer.control("DELETE", "faults")
    assert lake_snapshot(stack, newcomer.account) == {}
    newcomer.extract().or_fail("extract")
    assert_complete(stack, newcomer.account)


def of_others(counted: Calls) -> Calls:
    """The calls without the one that hangs, which its run may retry in the meantime."""
    return {endpoint: number for endpoint, number in counted.items() if endpoint != HANGING}
