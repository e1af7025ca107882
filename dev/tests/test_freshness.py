"""A warehouse is fresh if a load ran recently, even if it brought nothing: a rest day is not stale."""

from stacks import NewStack


def test_a_warehouse_is_as_fresh_as_its_last_load(new_stack: NewStack) -> None:
    stack = new_stack()
    stack.extract().or_fail("extract")
    stack.load().or_fail("load")
    stack.load().or_fail("load")  # brings nothing
    assert stack.warehouse.rows("select count(*) from ops.loads") == [(2,)]
    assert stack.dbt("source", "freshness").exit_code == 0

    with stack.warehouse.connect() as connection:
        connection.execute("update ops.loads set finished_at = finished_at - interval '10 days'")
    stale = stack.dbt("source", "freshness")
    assert stale.exit_code == 65
    assert "STALE" in stale.log.read_text()
