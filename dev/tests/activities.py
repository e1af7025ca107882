"""The activities that the source would list now, and those in the warehouse."""

from typing import Any

from paceline_local.stack import Stack

COMPARED = (
    "name",
    "sport_type",
    "distance",
    "moving_time",
    "elapsed_time",
    "total_elevation_gain",
    "kudos_count",
    "gear_id",
)


def listed_records(stack: Stack, account: str) -> dict[int, dict[str, Any]]:
    """Each activity as the source lists it."""
    listed = stack.sandbox.control("GET", f"athletes/{stack.athletes()[account]['id']}/activities")
    return {activity["id"]: activity for activity in listed}


def source_activities(stack: Stack, account: str) -> dict[int, tuple[Any, ...]]:
    return {id_: tuple(record.get(name) for name in COMPARED) for id_, record in listed_records(stack, account).items()}


def warehouse_activities(stack: Stack, account: str) -> dict[int, tuple[Any, ...]]:
    rows = stack.warehouse.rows(
        f"select id, {', '.join(COMPARED)} from strava.activities where _account = '{account}' and _deleted_at is null"
    )
    return {row[0]: row[1:] for row in rows}
