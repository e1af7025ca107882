"""SIGTERM, as sent by ECS: the run commits what it has and reports, and the next run continues from there."""

import signal

from paceline_local.commands import last_report, start_jar
from paceline_local.stack import SOURCE
from paceline_local.waiting import wait_until
from stacks import NewStack

TRY_AGAIN = 75
ACTIVITIES = 10_000
ONLY_LISTED = "--streams=athlete,activities"


def test_a_run_that_receives_sigterm_commits_and_reports(new_stack: NewStack) -> None:
    stack = new_stack("--activities", str(ACTIVITIES))
    log = stack.variant.logs / "extract-stopped.log"
    process = start_jar(stack.tools, "extract", ["sync", SOURCE, ONLY_LISTED], stack.extract_environment(), log)
    try:
        wait_until(lambda: "/athlete/activities" in stack.sandbox.control("GET", "calls"), "extract did not list", f"Log: {log}")
        process.send_signal(signal.SIGTERM)
        exit_code = process.wait(timeout=60)
    finally:
        process.kill()
        process.wait()

    report = last_report(log.read_text())
    read = report["accounts"][0]["streams"]["activities"]["upserts"]
    assert exit_code == TRY_AGAIN, log.read_text()
    assert report["status"] == "try_again"
    assert 0 < read < ACTIVITIES
    assert report["accounts"][0]["commits"] == [1]
    again = stack.extract(ONLY_LISTED).or_fail("extract")
    assert again["accounts"][0]["streams"]["activities"]["upserts"] == ACTIVITIES - read
