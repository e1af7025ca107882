"""A model whose columns or kind changed: only what cannot stay is dropped, and the run names all of it."""

from marts import COLUMNS, Marts

ATTACHED = """
    create view on_name as select id, name from dwh.thing;
    create view on_that as select name from on_name;
    create view on_size as select id, size from dwh.thing;
    create materialized view stored as select size from dwh.thing;
    create index by_size on dwh.thing (size);
    create index by_name on dwh.thing (name);
    alter table dwh.thing add constraint small check (size < 100), alter column size set default 1;
    create policy few on dwh.thing using (size < 50);
    create policy named on dwh.thing using (name <> '');
    create function total() returns numeric language sql begin atomic select sum(size) from dwh.thing; end;
    create statistics together on name, size from dwh.thing;
    create function nothing() returns trigger language plpgsql as $$ begin return new; end $$;
    create trigger on_change_of_size before update of size on dwh.thing for each row execute function nothing();
    create table note (id integer references dwh.thing);
    create publication named for table dwh.thing (id, name);
    comment on column dwh.thing.size is 'mine';
    grant select (size) on dwh.thing to public;
    grant select on dwh.thing to public;
"""
DEPEND_ON_SIZE = {
    "view on_size", "materialized view stored", "index dwh.by_size", "constraint small on table dwh.thing",
    "policy few on table dwh.thing", "default value for column size of table dwh.thing", "function total()",
    "trigger on_change_of_size on table dwh.thing", "statistics object together",
}  # fmt: skip
NOT_NULL = "select attnotnull from pg_attribute where attrelid = 'dwh.thing'::regclass and attnum > 0 order by attnum"


def change(marts: Marts, *words: str) -> tuple[set[str], str]:
    """Runs dbt. Returns the objects that are lost and what the output announces; each lost object must be in it."""
    before = marts.objects()
    dropped = marts.built(*words)
    after = marts.objects()
    lost = {description for id_, description in before.items() if id_ not in after}
    lines = [line.partition("Dropping ")[2] for line in marts.output().splitlines() if "Dropping " in line]
    assert len(lines) == len(dropped) <= 1
    announced = "".join(lines)
    assert [description for description in lost if description not in announced] == []
    return lost, announced


def test_a_column_that_is_added_at_the_end_costs_nothing(marts: Marts) -> None:
    marts.sql(ATTACHED, "alter table raw.thing add column also text not null default 'x'")
    marts.model("thing", "select * from raw.thing", f"{COLUMNS}, also text not null")
    assert change(marts) == (set(), "")
    assert marts.rows("select id, also from dwh.thing order by id") == [(1, "x"), (2, "x"), (3, "x")]
    assert marts.rows("select attnotnull from pg_attribute where attrelid = 'dwh.thing'::regclass and attname = 'also'") == [
        (True,)
    ]


def test_a_column_that_is_dropped_takes_only_what_depends_on_it_and_that_is_named(marts: Marts) -> None:
    marts.sql(ATTACHED)
    marts.model("thing", "select id, name from raw.thing", "id integer, name text not null")
    lost, announced = change(marts)
    assert lost == DEPEND_ON_SIZE
    assert announced.startswith(
        "column size of dwh.thing, and with it a comment on column size of table dwh.thing, constraint small"
    )
    assert "privileges of public on column size of table dwh.thing" in announced
    assert marts.rows("select * from on_that order by name") == [("a",), ("b",), ("c",)]


def test_a_column_whose_type_changes_is_replaced_and_comes_back_filled(marts: Marts) -> None:
    marts.sql(ATTACHED)
    marts.model("thing", "select id, name, size::integer as size from raw.thing", "id integer, name text not null, size integer")
    lost, _ = change(marts)
    assert lost == DEPEND_ON_SIZE
    assert marts.rows("select id, size from dwh.thing order by id") == [(1, 1), (2, 2), (3, 3)]


def test_a_new_column_in_the_middle_replaces_those_behind_it(marts: Marts) -> None:
    marts.sql(ATTACHED)
    columns = "id integer, name text not null, number integer, size numeric"
    marts.model("thing", "select id, name, 7 as number, size from raw.thing", columns)
    lost, _ = change(marts)
    assert lost == DEPEND_ON_SIZE
    with marts.warehouse.connect() as connection:
        found = connection.execute("select * from dwh.thing").description or []
    assert [column.name for column in found] == ["id", "name", "number", "size"]


def test_another_primary_key_takes_only_what_needs_the_old_one(marts: Marts) -> None:
    marts.sql(
        ATTACHED,
        "alter publication named set table dwh.thing",
        "update raw.thing set id = 1",
        "create view grouped as select id, name from dwh.thing group by id",
    )
    marts.model("thing", "select * from raw.thing", COLUMNS, key="name")
    lost, announced = change(marts)
    assert lost == {"constraint note_id_fkey on table note", "constraint thing_pkey on table dwh.thing", "view grouped"}
    assert announced.startswith("constraint thing_pkey on table dwh.thing, and with it ")
    assert marts.rows("select id, name from dwh.thing order by name") == [(1, "a"), (1, "b"), (1, "c")]
    assert marts.built() == []


def test_a_table_whose_primary_key_was_dropped_gets_it_back(marts: Marts) -> None:
    marts.sql("create publication everything for all tables; alter table dwh.thing drop constraint thing_pkey")
    marts.sql("insert into dwh.thing select * from dwh.thing")
    assert change(marts) == (set(), "")
    assert marts.rows("select count(*) from dwh.thing") == [(3,)]
    assert marts.rows("select pg_get_constraintdef(oid) from pg_constraint where conname = 'thing_pkey'") == [
        ("PRIMARY KEY (id)",)
    ]
    assert marts.rows("select relreplident::text from pg_class where oid = 'dwh.thing'::regclass") == [("d",)]


def test_not_null_stays_until_there_is_a_null(marts: Marts) -> None:
    marts.model("thing", "select * from raw.thing", "id integer, name text, size numeric")
    marts.sql("alter table dwh.thing alter column size set not null")
    assert change(marts) == (set(), "")
    assert marts.rows(NOT_NULL) == [(True,)] * 3
    marts.sql("update raw.thing set name = null where id = 1")
    assert change(marts) == (set(), "not null of column name of dwh.thing")
    assert marts.rows("select id from dwh.thing where name is null") == [(1,)]


def test_a_column_that_must_not_be_null_any_more_becomes_so(marts: Marts) -> None:
    marts.sql("update dwh.thing set size = null")
    marts.model("thing", "select * from raw.thing", "id integer, name text not null, size numeric not null")
    assert change(marts) == (set(), "")
    assert marts.rows(NOT_NULL) == [(True,)] * 3


def test_a_full_refresh_says_what_it_drops(marts: Marts) -> None:
    marts.sql(ATTACHED)
    lost, announced = change(marts, "--full-refresh")
    assert announced.startswith(
        "table dwh.thing, and with it a comment on column size of table dwh.thing, constraint note_id_fkey"
    )
    assert {"view on_name", "view on_that", "table dwh.thing"} <= lost
    assert "privileges of public on table dwh.thing" in announced
    assert marts.rows("select count(*) from dwh.thing") == [(3,)]


def test_a_table_that_becomes_a_view_and_back_says_what_it_drops(marts: Marts) -> None:
    marts.sql("create view mine as select * from dwh.thing")
    marts.model("thing", "select * from raw.thing", COLUMNS, config="materialized: view")
    assert change(marts)[1] == "table dwh.thing, and with it constraint thing_pkey on table dwh.thing, view mine"
    marts.sql("create view mine as select * from dwh.thing")
    marts.model("thing", "select * from raw.thing", COLUMNS)
    lost, announced = change(marts)
    assert announced == "view dwh.thing, and with it view mine"
    assert lost == {"view dwh.thing", "view mine"}


def test_what_a_failed_run_would_have_dropped_is_still_there_and_not_reported(marts: Marts) -> None:
    marts.sql(ATTACHED, "insert into note values (1)", "delete from raw.thing where id = 1")
    marts.model("thing", "select id, name from raw.thing", "id integer, name text not null")
    before = marts.objects()
    outcome = marts.run()
    assert outcome.exit_code == 65
    assert "dropped" not in outcome.report
    assert marts.objects() == before


def test_the_report_names_the_first_few(marts: Marts) -> None:
    for number in range(5):
        marts.sql(f"create view dwh.was_{number} as select 1 as n")
        marts.model(f"was_{number}", "select 1 as id", "id integer")
    dropped = marts.built("--select", "was_0", "was_1", "was_2", "was_3", "was_4", "--threads", "1")
    assert dropped == ["view dwh.was_0", "view dwh.was_1", "view dwh.was_2", "and 2 more, see dbt's output"]
