"""Activities uploaded during a listing, or between its two halves, do not shift its pages and are not missed."""

from calls import LISTING
from paceline_local.stack import Stack
from snapshots import lake_snapshot, source_snapshot
from stacks import NewStack

UNAVAILABLE = 69


def test_uploads_during_a_listing_do_not_shift_its_pages(new_stack: NewStack) -> None:
    stack = new_stack("--activities", "420", years=2)
    only_listed = "--streams=athlete,activities"
    (account,) = stack.athletes()
    before = as_listed(stack, account)
    stack.sandbox.control("POST", "faults", {"kind": "upload_during_listing", "count": 3, "times": 4})
    first = stack.extract(only_listed).or_fail("extract")["accounts"][0]["streams"]["activities"]
    assert (first["upserts"], first["deletes"]) == (len(before), 0)
    second = stack.extract(only_listed).or_fail("extract")["accounts"][0]["streams"]["activities"]
    assert (second["upserts"], second["deletes"]) == (len(as_listed(stack, account)) - len(before), 0)
    assert second["upserts"] > 0


def test_a_first_listing_that_failed_halfway_also_lists_what_is_uploaded_before_it_is_finished(new_stack: NewStack) -> None:
    stack = new_stack("--activities", "250", years=2)
    ((account, athlete),) = stack.athletes().items()
    only_listed = "--streams=athlete,activities"
    stack.sandbox.control("POST", "faults", {"kind": "status", "status": 503, "endpoint": LISTING, "after": 1})
    halfway = stack.extract(only_listed)
    assert halfway.exit_code == UNAVAILABLE, halfway.log.read_text()
    stack.sandbox.control("DELETE", "faults")

    stack.sandbox.control("PUT", "clock", {"advance": "PT6H"})
    ride = stack.sandbox.control("POST", f"athletes/{athlete['id']}/activities", {"sport_type": "Ride"})
    stack.extract(only_listed).or_fail("extract")
    listed = lake_snapshot(stack, account)["activities"]
    assert (ride["id"],) in listed
    assert listed == source_snapshot(stack, account, "activities")["activities"]


def as_listed(stack: Stack, account: str) -> list[int]:
    listed = stack.sandbox.control("GET", f"athletes/{stack.athletes()[account]['id']}/activities")
    return [activity["id"] for activity in listed]
