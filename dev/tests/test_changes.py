"""The warehouse converges on the source, whatever is added, edited, hidden or deleted there (promise 3)."""

from activities import listed_records, source_activities, warehouse_activities
from paceline_local.stack import Stack
from stacks import NewStack


def extract_and_load(stack: Stack) -> None:
    stack.extract().or_fail("extract")
    stack.load().or_fail("load")


def deleted(stack: Stack) -> set[int]:
    return {row[0] for row in stack.warehouse.rows("select id from strava.activities where _deleted_at is not null")}


def test_additions_edits_hiding_and_deletions_arrive(new_stack: NewStack) -> None:
    stack = new_stack()
    extract_and_load(stack)
    account, athlete = next(iter(stack.athletes().items()))
    assert warehouse_activities(stack, account) == source_activities(stack, account)

    edited, hidden, gone, *_ = sorted(source_activities(stack, account))
    control = stack.sandbox.control
    late = control(
        "POST",
        f"athletes/{athlete['id']}/activities",
        {"name": "Found on an old watch", "start_date": "2026-03-01T08:00:00Z"},
    )
    control("PATCH", f"activities/{edited}", {"name": "Edited 🛠", "distance": 12345.6, "gear_id": None})
    control("POST", f"activities/{hidden}/hide")
    control("DELETE", f"activities/{gone}")
    extract_and_load(stack)

    now = warehouse_activities(stack, account)
    assert now == source_activities(stack, account)
    assert now[edited][0] == "Edited 🛠"
    assert now[late["id"]][0] == "Found on an old watch"
    assert deleted(stack) == {hidden, gone}

    control("POST", f"activities/{hidden}/show")
    extract_and_load(stack)
    assert warehouse_activities(stack, account) == source_activities(stack, account)
    assert deleted(stack) == {gone}


def test_a_later_run_writes_only_what_has_changed(new_stack: NewStack) -> None:
    stack = new_stack()
    extract_and_load(stack)
    account = next(iter(stack.athletes()))
    before = listed_records(stack, account)
    stack.sandbox.control("PUT", "clock", {"advance": "P3D"})
    report = stack.extract().or_fail("extract")
    stack.load().or_fail("load")
    after = listed_records(stack, account)
    differing = [id_ for id_, record in after.items() if before.get(id_) != record]
    assert report["accounts"][0]["streams"]["activities"]["upserts"] == len(differing)
    assert warehouse_activities(stack, account) == source_activities(stack, account)
