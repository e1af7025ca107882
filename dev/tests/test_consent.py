"""What an athlete allows: a consent that is gone is that account's loss alone, and a box unticked is no tombstone."""

import pytest
from athletes import Athlete, AthletePool
from calls import calls, forget_calls
from paceline_local.stack import Stack
from snapshots import assert_complete
from stacks import NewStack

UNUSABLE, REFUSED = 65, 77
WITHOUT_PROFILE = ("read", "read_all", "activity:read_all")
EVERYTHING = (*WITHOUT_PROFILE, "profile:read_all")
NO_VERIFICATION = ("--verify-calls", "0")


@pytest.fixture
def newcomer(athlete_pool: AthletePool) -> Athlete:
    return athlete_pool.newcomer()


def revoked(stack: Stack) -> tuple[str, str]:
    """The account whose athlete has withdrawn the consent, and the other."""
    gone, other = stack.athletes()
    stack.sandbox.control("POST", f"athletes/{stack.athletes()[gone]['id']}/revoke")
    return gone, other


def test_a_revoked_account_is_told_what_to_type_and_the_other_is_complete(new_stack: NewStack) -> None:
    stack = new_stack("--activities", "6", athletes=2)
    gone, other = revoked(stack)
    outcome = stack.extract()
    assert outcome.exit_code == REFUSED, outcome.log.read_text()
    (error,) = outcome.errors()
    assert f"extract authorize strava --account {gone}" in error["remedy"]
    assert_complete(stack, other)


def test_a_consent_withdrawn_between_two_runs_costs_two_calls_and_then_none(new_stack: NewStack) -> None:
    stack = new_stack("--activities", "6", athletes=2)
    stack.extract().or_fail("extract")
    gone, other = revoked(stack)
    assert stack.extract().exit_code == REFUSED
    forget_calls(stack)
    marked = stack.extract("--account", gone)
    assert marked.exit_code == REFUSED
    assert f"extract authorize strava --account {gone}" in marked.errors()[0]["remedy"]
    assert calls(stack) == {}
    assert "/oauth/token" not in stack.sandbox.control("GET", "calls")
    stack.extract("--account", other).or_fail("extract")


def test_a_withdrawn_consent_is_no_missing_scope_of_the_one_stream_that_is_read(new_stack: NewStack) -> None:
    stack = new_stack("--activities", "6", athletes=2)
    stack.extract().or_fail("extract")
    gone, _ = revoked(stack)
    outcome = stack.extract("--streams=clubs", "--account", gone)
    assert outcome.exit_code == REFUSED, outcome.log.read_text()
    assert f"extract authorize strava --account {gone}" in outcome.errors()[0]["remedy"]


def test_what_an_unticked_box_hides_is_skipped_and_said_and_the_rest_is_there(newcomer: Athlete) -> None:
    newcomer.consent(*WITHOUT_PROFILE)
    report = newcomer.extract().or_fail("extract")
    assert set(report["accounts"][0]["skipped"]) == {"athlete_zones", "clubs"}
    assert_complete(newcomer.stack, newcomer.account)


def test_the_same_holds_where_only_the_source_knows_the_boxes(newcomer: Athlete) -> None:
    newcomer.control("PUT", f"athletes/{newcomer.id}/scopes", {"scopes": WITHOUT_PROFILE})
    report = newcomer.extract().or_fail("extract")
    assert set(report["accounts"][0]["skipped"]) == {"athlete_zones", "clubs"}
    assert_complete(newcomer.stack, newcomer.account)


def test_activities_that_a_lost_scope_hides_are_not_taken_for_deleted(newcomer: Athlete) -> None:
    hidden, deleted, *_ = sorted(newcomer.activities())
    newcomer.control("POST", f"activities/{hidden}/hide")
    newcomer.consent(*EVERYTHING)
    newcomer.extract().or_fail("extract")
    assert (hidden,) in newcomer.lake()["activities"]

    newcomer.consent("read", "read_all", "profile:read_all", "activity:read")
    newcomer.delete(deleted)
    added = newcomer.add(name="Added meanwhile")
    doubtful = newcomer.extract(*NO_VERIFICATION)
    assert doubtful.exit_code == UNUSABLE, doubtful.log.read_text()
    assert "activity:read_all" in doubtful.errors()[0]["what"]
    lake = newcomer.lake()
    assert {(hidden,), (deleted,), (added,)} <= lake["activities"].keys()
    assert {(hidden,), (deleted,), (added,)} <= lake["activity_details"].keys()

    newcomer.extract("--accept-shrink", *NO_VERIFICATION).or_fail("extract")
    assert newcomer.lake()["activities"] == newcomer.source("activities")["activities"]
    newcomer.extract(*NO_VERIFICATION).or_fail("extract")


def test_a_listing_that_lacks_much_at_once_is_not_believed_until_a_person_says_so(new_stack: NewStack) -> None:
    stack = new_stack("--activities", "60")
    (account,) = stack.athletes()
    only_listed = "--streams=activities"
    stack.extract(only_listed).or_fail("extract")
    listed = stack.sandbox.control("GET", f"athletes/{stack.athletes()[account]['id']}/activities")
    for activity in listed[:21]:
        stack.sandbox.control("DELETE", f"activities/{activity['id']}")
    doubtful = stack.extract(only_listed)
    assert doubtful.exit_code == UNUSABLE, doubtful.log.read_text()
    assert "--accept-shrink" in doubtful.errors()[0]["remedy"]
    assert doubtful.report["accounts"][0]["streams"]["activities"]["deletes"] == 0
    believed = stack.extract(only_listed, "--accept-shrink").or_fail("extract")
    assert believed["accounts"][0]["streams"]["activities"]["deletes"] == 21
