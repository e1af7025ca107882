"""What others attached to a view of staging stays as long as its columns do."""

import pytest
from marts import Marts

VIEW = "id integer, name text"
QUERY_OF = "select pg_get_viewdef('stg.seen'::regclass)"
ATTACHED = """
    create view mine as select id, name from stg.seen;
    create materialized view stored as select count(*) as n from stg.seen;
    alter view stg.seen set (security_invoker = true, security_barrier = true);
    alter view stg.seen alter column name set default 'x';
    comment on view stg.seen is 'mine';
    grant select on stg.seen to public;
    create function nothing() returns trigger language plpgsql as $$ begin return null; end $$;
    create trigger instead instead of insert on stg.seen for each row execute function nothing();
    create function shown(stg.seen) returns text language sql as $$ select $1.name $$;
"""
STATE = """
    select
        oid, relacl::text, reloptions, obj_description(oid),
        (select count(*) from pg_attrdef where adrelid = pg_class.oid),
        (select count(*) from pg_trigger where tgrelid = pg_class.oid)
    from pg_class where oid = 'stg.seen'::regclass
"""


@pytest.fixture
def seen(marts: Marts) -> Marts:
    """With the view `stg.seen`, to which others attached what they could."""
    define(marts, "select id, name from raw.thing")
    assert marts.built() == []
    marts.sql(ATTACHED)
    return marts


def define(marts: Marts, query: str, columns: str = VIEW) -> None:
    marts.model("seen", query, columns, key="", layer="staging/any")


def test_a_view_whose_query_is_the_same_is_not_touched(seen: Marts) -> None:
    before, state = seen.objects(), seen.rows("select xmin::text from pg_class where oid = 'stg.seen'::regclass")
    with seen.warehouse.connect() as reader, reader.transaction():
        reader.execute("select * from stg.seen")
        assert seen.built("--vars", "{lock_timeout: 1ms}", "--select", "seen") == []
    assert (seen.objects(), seen.rows("select xmin::text from pg_class where oid = 'stg.seen'::regclass")) == (before, state)


def test_a_view_whose_query_changes_keeps_everything(seen: Marts) -> None:
    state = seen.rows(STATE)
    define(seen, "select id, upper(name) as name, size from raw.thing", f"{VIEW}, size numeric")
    assert seen.built() == []
    assert seen.rows(STATE) == state
    assert seen.rows("select name from mine order by id") == [("A",), ("B",), ("C",)]
    assert seen.rows("select size::text from stg.seen order by id") == [("1.0",), ("2",), ("3",)]


def test_a_view_that_loses_a_column_is_replaced_and_says_what_goes(seen: Marts) -> None:
    define(seen, "select id from raw.thing", "id integer")
    (dropped,) = seen.built()
    lost = ["default value for column name of view stg.seen", "function shown(stg.seen)", "materialized view stored"]
    lost += ["privileges of public on view stg.seen", "trigger instead on view stg.seen", "view mine"]
    assert dropped == "view stg.seen, and with it a comment on view stg.seen, " + ", ".join(lost)
