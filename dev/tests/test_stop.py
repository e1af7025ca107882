"""SIGTERM, as sent by ECS, or Ctrl-C: the run commits what it has and reports, and the next run continues from there."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from calls import LISTING, hold, is_held, release
from paceline_local.clean_environment import clean_environment
from paceline_local.commands import last_report, start_jar
from paceline_local.paths import CHECKOUT
from paceline_local.stack import SOURCE, Stack
from paceline_local.waiting import PATIENCE, wait_until
from stacks import NewStack

TRY_AGAIN = 75
ACTIVITIES = 10_000
ONLY_LISTED = "--streams=athlete,activities"


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_asked_to_stop_commits_and_reports(new_stack: NewStack, sign: signal.Signals) -> None:
    stack = new_stack("--activities", str(ACTIVITIES))
    log = stack.variant.logs / "extract-stopped.log"
    hold(stack.sandbox, LISTING, after=2)
    with ending(start_jar(stack.tools, "extract", ["sync", SOURCE, ONLY_LISTED], stack.extract_environment(), log)) as process:
        wait_until(lambda: is_held(stack.sandbox), "extract did not list", f"Log: {log}")
        process.send_signal(sign)
        wait_until(lambda: "Asked to stop" in log.read_text(), "extract did not notice", f"Log: {log}")
        release(stack.sandbox)
        exit_code = process.wait(timeout=PATIENCE)

    report = last_report(log.read_text())
    read = report["accounts"][0]["streams"]["activities"]["upserts"]
    assert exit_code == TRY_AGAIN, log.read_text()
    assert report["status"] == "try_again"
    assert 0 < read < 1_000, "no more than the page that was being read"
    assert report["accounts"][0]["commits"] == [1]
    again = stack.extract(ONLY_LISTED).or_fail("extract")
    assert again["accounts"][0]["streams"]["activities"]["upserts"] == ACTIVITIES - read


def test_a_run_that_was_started_as_a_background_job_stops_at_ctrl_c(new_stack: NewStack) -> None:
    """A shell without job control starts background jobs with SIGINT ignored."""
    stack = new_stack("--activities", "5")
    stack.variant.logs.mkdir(parents=True)
    log = stack.variant.logs / "extract-background.log"
    hold(stack.sandbox, LISTING)
    with log.open("wb") as out, ending(in_background(stack, out.fileno())) as process:
        wait_until(lambda: is_held(stack.sandbox), "extract did not list", f"Log: {log}")
        process.send_signal(signal.SIGINT)
        wait_until(lambda: "Asked to stop" in log.read_text(), "extract did not notice", f"Log: {log}")
        release(stack.sandbox)
        assert process.wait(timeout=PATIENCE) == TRY_AGAIN, log.read_text()


def in_background(stack: Stack, out: int) -> "subprocess.Popen[bytes]":
    # The shell becomes the command, so its pid is that of Java in the end.
    script = 'trap "" INT; exec "$0" "$@"'
    command = ["sh", "-c", script, str(CHECKOUT / "dev" / "bin" / "extract"), "sync", SOURCE, ONLY_LISTED]
    return subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=clean_environment(stack.extract_environment())
    )


@contextmanager
def ending(process: "subprocess.Popen[bytes]") -> Iterator["subprocess.Popen[bytes]"]:
    try:
        yield process
    finally:
        process.kill()
        process.wait()
