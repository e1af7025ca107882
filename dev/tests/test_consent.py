"""What an athlete allows: a withdrawn consent affects only that account, and an unticked box does not write tombstones."""

from athletes import NO_VERIFICATION, Athlete
from calls import calls, forget_calls
from paceline_local.stack import Stack
from snapshots import assert_complete
from stacks import NewStack

UNUSABLE, REFUSED = 65, 77
WITHOUT_PROFILE = ("read", "read_all", "activity:read_all")
EVERYTHING = (*WITHOUT_PROFILE, "profile:read_all")


def revoked(stack: Stack) -> tuple[str, str]:
    """The account whose athlete has withdrawn the consent, and the other."""
    gone, other = stack.athletes()
    stack.sandbox.control("POST", f"athletes/{stack.athletes()[gone]['id']}/revoke")
    return gone, other


def test_the_error_for_a_revoked_account_says_what_to_type_and_the_other_account_is_complete(new_stack: NewStack) -> None:
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


def test_a_withdrawn_consent_is_not_mistaken_for_a_missing_scope(new_stack: NewStack) -> None:
    stack = new_stack("--activities", "6", athletes=2)
    stack.extract().or_fail("extract")
    gone, _ = revoked(stack)
    outcome = stack.extract("--streams=clubs", "--account", gone)
    assert outcome.exit_code == REFUSED, outcome.log.read_text()
    assert f"extract authorize strava --account {gone}" in outcome.errors()[0]["remedy"]


def test_streams_hidden_by_an_unticked_box_are_reported_as_skipped_and_the_rest_is_complete(newcomer: Athlete) -> None:
    newcomer.consent(*WITHOUT_PROFILE)
    report = newcomer.extract().or_fail("extract")
    assert set(report["accounts"][0]["skipped"]) == {"athlete_zones", "clubs"}
    assert_complete(newcomer.stack, newcomer.account)


def test_the_same_holds_if_only_the_source_knows_the_scopes(newcomer: Athlete) -> None:
    newcomer.control("PUT", f"athletes/{newcomer.id}/scopes", {"scopes": WITHOUT_PROFILE})
    report = newcomer.extract().or_fail("extract")
    assert set(report["accounts"][0]["skipped"]) == {"athlete_zones", "clubs"}
    assert_complete(newcomer.stack, newcomer.account)


def test_activities_hidden_by_a_lost_scope_are_not_treated_as_deleted(newcomer: Athlete) -> None:
    hidden, deleted, *_ = sorted(newcomer.activities())
    newcomer.control("POST", f"activities/{hidden}/hide")
    newcomer.consent(*EVERYTHING)
    newcomer.extract().or_fail("extract")
    assert (hidden,) in newcomer.lake()["activities"]

    newcomer.consent("read", "read_all", "profile:read_all", "activity:read")
    newcomer.delete(deleted)
    added = newcomer.add(name="Added in the meantime")
    doubtful = newcomer.extract(*NO_VERIFICATION)
    assert doubtful.exit_code == UNUSABLE, doubtful.log.read_text()
    assert "activity:read_all" in doubtful.errors()[0]["what"]
    lake = newcomer.lake()
    assert {(hidden,), (deleted,), (added,)} <= lake["activities"].keys()
    assert {(hidden,), (deleted,), (added,)} <= lake["activity_details"].keys()

    newcomer.extract("--accept-shrink", *NO_VERIFICATION).or_fail("extract")
    assert newcomer.lake()["activities"] == newcomer.source("activities")["activities"]
    newcomer.extract(*NO_VERIFICATION).or_fail("extract")


def test_a_listing_that_suddenly_lacks_many_records_is_rejected_until_the_user_accepts_it(new_stack: NewStack) -> None:
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
    accepted = stack.extract(only_listed, "--accept-shrink").or_fail("extract")
    assert accepted["accounts"][0]["streams"]["activities"]["deletes"] == 21
