"""Running anything twice changes nothing (promise 2); the sandbox's clock is held, so every column but one is equal."""

from paceline_local.stack import Stack
from stacks import NewDatabase, NewStack, keep_dbt_results
from tables import content, rows_in

SCHEMAS = ("strava", "dwh", "mart")


def run_everything(stack: Stack) -> None:
    stack.extract().or_fail("extract")
    stack.load().or_fail("load")
    stack.dbt().or_fail("dbt")


def test_a_second_run_of_everything_changes_nothing(new_stack: NewStack) -> None:
    stack = new_stack()
    run_everything(stack)
    keep_dbt_results(stack)
    first = content(stack.warehouse, *SCHEMAS)
    assert rows_in(first) > 100
    run_everything(stack)
    assert content(stack.warehouse, *SCHEMAS) == first


def test_a_second_extract_writes_no_record(new_stack: NewStack) -> None:
    stack = new_stack()
    first = stack.extract().or_fail("extract")
    second = stack.extract().or_fail("extract")
    assert upserts(first) > 0
    assert upserts(second) == 0


def test_a_second_load_stages_nothing(new_stack: NewStack) -> None:
    stack = new_stack()
    stack.extract().or_fail("extract")
    stack.load().or_fail("load")
    again = stack.load().or_fail("load")
    assert sum(table.get("staged", 0) for table in (again.get("tables") or {}).values()) == 0


def test_a_new_warehouse_from_the_same_lake_is_equal(new_stack: NewStack, new_database: NewDatabase) -> None:
    stack = new_stack()
    stack.extract().or_fail("extract")
    stack.load().or_fail("load")
    other = Stack(stack.tools, stack.variant, stack.sandbox, new_database())
    other.load().or_fail("load")
    assert content(other.warehouse, "strava") == content(stack.warehouse, "strava")


def upserts(report: dict) -> int:
    return sum(stream["upserts"] for account in report["accounts"] for stream in account["streams"].values())
