"""What others attached to a mart is still there, and unchanged, after a run whose columns are the same."""

from dataclasses import replace

import pytest
from marts import COLUMNS, Marts

UNUSABLE, TRY_AGAIN, REFUSED, CONFIGURATION = 65, 75, 77, 78
# Kinds of objects by the first words of Postgres's descriptions.
KINDS = (
    "constraint checked", "constraint thing_pkey", "constraint note_thing_id_fkey", "constraint thing_kind_fkey",
    "constraint unique_name", "default value", "function shown", "function sized", "index dwh.by_name", "index dwh.by_id",
    "materialized view", "policy", "publication of", "rule", "sequence", "statistics object", "table child", "table of_rows",
    "trigger", "view big", "view seen", "view whole",
)  # fmt: skip
ATTACHED = """
    create role {owner};
    create role {reader};
    grant {owner} to paceline;
    alter table dwh.thing owner to {owner};
    grant usage, create on schema dwh to {owner};
    create view seen as select id, name from dwh.thing;
    create view big as select * from seen where id > 1;
    create view whole as select thing from dwh.thing;
    create materialized view kept as select count(*) as n from dwh.thing;
    grant select on dwh.thing to {reader} with grant option;
    grant update (name) on dwh.thing to {reader};
    comment on table dwh.thing is 'mine';
    comment on column dwh.thing.name is 'mine, too';
    create index by_name on dwh.thing (lower(name)) include (size) where id > 0;
    create unique index by_id on dwh.thing (id, name);
    alter table dwh.thing cluster on by_id;
    alter table dwh.thing add constraint checked check (size > 0), alter column size set not null;
    alter table dwh.thing add constraint unique_name unique (name) deferrable;
    create table note (thing_id integer references dwh.thing on delete cascade on update cascade, note text);
    create table kind (name text primary key);
    insert into kind values ('a'), ('b'), ('c'), ('d');
    alter table dwh.thing add constraint thing_kind_fkey foreign key (name) references kind;
    create table change (what text, id integer);
    grant insert on change to {owner};
    create function log_change() returns trigger language plpgsql as
        $$ begin insert into change values (tg_op, coalesce(new.id, old.id)); return null; end $$;
    create trigger log_change after insert or update or delete on dwh.thing for each row execute function log_change();
    create rule also as on insert to dwh.thing do also insert into change values ('RULE', new.id);
    create policy all_of_it on dwh.thing using (true);
    alter table dwh.thing enable row level security;
    create publication everything for table dwh.thing (id, name) where (id > 0);
    create statistics together (dependencies) on id, name from dwh.thing;
    alter table dwh.thing set (fillfactor = 70, autovacuum_enabled = off);
    alter table dwh.thing alter column name set storage external, alter column name set statistics 7;
    create sequence dwh.numbers;
    alter sequence dwh.numbers owner to {owner};
    alter sequence dwh.numbers owned by dwh.thing.id;
    alter table dwh.thing alter column id set default nextval('dwh.numbers');
    alter table dwh.thing add column double_size numeric generated always as (size * 2) stored;
    create table child (extra text) inherits (dwh.thing);
    insert into child (id, name, size, extra) values (9, 'z', 9, 'x');
    create table of_rows (row_of_thing dwh.thing);
    create function shown(dwh.thing) returns text language sql as $$ select $1.name $$;
    create function sized() returns numeric language sql begin atomic select sum(size) from only dwh.thing; end;
"""
# What is stored about the table itself; its statistics and its size aside.
TABLE = """
    select
        oid, relowner, relacl, reloptions, relreplident, relrowsecurity, relforcerowsecurity, relhassubclass, relchecks,
        relhasrules,
        (
            select json_agg(json_build_array(attname, attnum, attacl, attstorage, attstattarget, attnotnull) order by attnum)
            from pg_attribute where attrelid = pg_class.oid
        )::text,
        (select json_agg(pg_description order by objsubid) from pg_description where objoid = pg_class.oid)::text,
        (select json_agg(pg_index order by indexrelid) from pg_index where indrelid = pg_class.oid)::text,
        (select json_agg(pg_inherits) from pg_inherits where pg_class.oid in (inhparent, inhrelid))::text
    from pg_class
    where oid = '{table}'::regclass
"""
ROWS = "select id, name, size::text from only dwh.thing order by id"


def test_all_that_can_be_attached_to_a_table_stays(marts: Marts) -> None:
    roles = {name: f"{name}_{marts.warehouse.database}" for name in ("owner", "reader")}
    marts.sql(ATTACHED.format(**roles))
    before, table = marts.objects(), marts.rows(TABLE.format(table="dwh.thing"))
    assert [kind for kind in KINDS if not any(text.startswith(kind) for text in before.values())] == []
    marts.sql("insert into note values (1, 'stays'), (2, 'goes')", "truncate change")
    marts.sql("update raw.thing set size = '1.00' where id = 1", "update raw.thing set id = 4, name = 'd' where id = 2")

    assert marts.built() == []
    assert marts.rows(ROWS) == [(1, "a", "1.00"), (3, "c", "3"), (4, "d", "2")]
    assert marts.objects() == before
    assert marts.rows(TABLE.format(table="dwh.thing")) == table
    assert marts.rows("select * from note") == [(1, "stays")]
    assert marts.rows("select * from big order by id") == [(3, "c"), (4, "d"), (9, "z")]
    assert sorted(marts.rows("select * from change")) == [("DELETE", 2), ("INSERT", 4), ("RULE", 4), ("UPDATE", 1)]
    assert marts.rows("select sized()::text, double_size::text from only dwh.thing where id = 1") == [("6.00", "2.00")]


def test_a_partition_stays_one(marts: Marts) -> None:
    marts.sql(
        "create table parent (id integer not null, name text not null, size numeric) partition by range (id)",
        "alter table parent attach partition dwh.thing for values from (0) to (100)",
        "insert into raw.thing values (4, 'd', 4)",
    )
    assert marts.built() == []
    assert marts.rows("select count(*) from parent") == [(4,)]
    marts.model("thing", "select *, 1 as more from raw.thing", f"{COLUMNS}, more integer")
    assert marts.failed(CONFIGURATION)["what"] == "cannot add column to a partition"


def test_an_unprivileged_owner_needs_no_more_than_before(marts: Marts) -> None:
    role = f"plain_{marts.warehouse.database}"
    marts.sql(
        f"create role {role} login password '{marts.warehouse.password}'",
        f"grant create on database {marts.warehouse.database} to {role}",
        f"grant usage on schema raw to {role}; grant select on all tables in schema raw to {role}",
        f"alter schema dwh owner to {role}; alter table dwh.thing owner to {role}",
        "create view seen as select * from dwh.thing; insert into raw.thing values (4, 'd', 4)",
    )
    plain = replace(marts, warehouse=replace(marts.warehouse, user=role))
    assert plain.built() == []
    assert marts.rows("select count(*) from seen") == [(4,)]
    # Policies would hide rows from the owner as well: the run is refused, and does not write them a second time.
    marts.sql("alter table dwh.thing enable row level security, force row level security")
    error = plain.failed(REFUSED)
    assert error["what"] == 'query would be affected by row-level security policy for table "thing"'
    assert marts.rows("select count(*) from seen") == [(4,)]


def test_a_second_run_writes_nothing(marts: Marts) -> None:
    marts.sql("update raw.thing set size = null where id = 1", "update raw.thing set size = 'NaN' where id = 2")
    marts.sql("alter table dwh.thing add column number bigint generated by default as identity")
    assert marts.built() == []
    rows = "select id, number, size::text, xmin::text, ctid::text from dwh.thing order by id"
    first = marts.rows(rows)
    assert marts.built() == []
    assert marts.rows(rows) == first


def test_a_reader_sees_the_old_rows_until_it_sees_the_new_ones(marts: Marts) -> None:
    marts.sql("delete from raw.thing where id < 3", "update raw.thing set name = 'new'")
    old = marts.rows(ROWS)
    with marts.warehouse.connect() as reader, reader.transaction():
        reader.execute("set transaction isolation level repeatable read")
        assert reader.execute(ROWS).fetchall() == old
        # The first row is deleted, the third waits for this lock: the run stands still between its statements.
        with marts.waiting_for("select from dwh.thing where id = 3 for update"):
            assert marts.rows(ROWS) == old
        assert marts.rows(ROWS) == [(3, "new", "3")]
        assert reader.execute(ROWS).fetchall() == old


def test_two_runs_at_the_same_time_take_turns(marts: Marts) -> None:
    marts.sql("insert into raw.thing values (4, 'd', 4)", "delete from raw.thing where id = 1")
    with marts.waiting_for("lock table dwh.thing in share row exclusive mode", runs=2):
        assert marts.rows("select count(*) from dwh.thing") == [(3,)]
    assert marts.rows(ROWS) == [(2, "b", "2"), (3, "c", "3"), (4, "d", "4")]


def test_rows_may_exchange_values_of_a_deferrable_constraint(marts: Marts) -> None:
    marts.sql("alter table dwh.thing add unique (name) deferrable")
    marts.sql("update raw.thing set name = case id when 1 then 'b' when 2 then 'a' else name end")
    assert marts.built() == []
    assert marts.rows("select id, name from dwh.thing order by id") == [(1, "b"), (2, "a"), (3, "c")]


@pytest.mark.parametrize(
    ("exit_code", "attached", "says"),
    [
        (UNUSABLE, "alter table dwh.thing add constraint small check (size < 10)", 'violates check constraint "small"'),
        (
            UNUSABLE,
            "create table note (id integer references dwh.thing); insert into note values (1)",
            "violates foreign key constraint",
        ),
        (
            UNUSABLE,
            "create table note (id integer references dwh.thing deferrable initially deferred); insert into note values (1)",
            "violates foreign key constraint",
        ),
        (
            UNUSABLE,
            "create function refuse() returns trigger language plpgsql as $$ begin raise 'not so'; end $$;"
            "create trigger refuse before insert on dwh.thing for each row execute function refuse()",
            "not so",
        ),
        (
            UNUSABLE,
            "create unique index one_name on dwh.thing (name); update raw.thing set name = 'c' where id = 2;"
            "update raw.thing set name = 'b' where id = 3",
            'unique constraint "one_name"',
        ),
        (
            CONFIGURATION,
            "create publication everything for table dwh.thing; alter table dwh.thing replica identity nothing",
            "does not have a replica identity",
        ),
        (CONFIGURATION, "create publication names for table dwh.thing (name)", "cannot delete from table"),
    ],
    ids=["check", "foreign key", "deferred foreign key", "trigger", "unique", "no identity", "identity not published"],
)
def test_what_others_attached_may_refuse_the_rows_and_the_old_ones_stay(
    marts: Marts, exit_code: int, attached: str, says: str
) -> None:
    marts.sql("insert into raw.thing values (4, 'd', 40)", "delete from raw.thing where id = 1", attached)
    old = marts.rows(ROWS)
    error = marts.failed(exit_code)
    assert error["doing"] == "Building thing"
    assert says in error["what"]
    assert marts.rows(ROWS) == old


def test_what_the_model_configures_applies_to_a_table_that_stays(marts: Marts) -> None:
    role = f"configured_{marts.warehouse.database}"
    marts.sql(f"create role {role}; create table hooked (n bigint); create view mine as select * from dwh.thing")
    hook = "'insert into hooked select count(*) from dwh.thing'"
    config = f"grants: {{select: [{role}]}}, persist_docs: {{columns: true}}, post_hook: {hook}"
    marts.model("thing", "select * from raw.thing", COLUMNS, config=config)
    marts.sql("insert into raw.thing values (4, 'd', 4)")
    assert marts.built() == []
    assert marts.rows(f"select has_table_privilege('{role}', 'dwh.thing', 'select')") == [(True,)]
    assert marts.rows("select col_description('dwh.thing'::regclass, 2)") == [("About name.",)]
    assert marts.rows("select * from hooked") == marts.rows("select count(*) from mine") == [(4,)]


def test_a_table_that_somebody_has_locked_is_tried_again_later(marts: Marts) -> None:
    with marts.warehouse.connect() as other, other.transaction():
        other.execute("lock table dwh.thing in row exclusive mode")
        error = marts.failed(TRY_AGAIN, "--vars", "{lock_timeout: 100ms}")
    assert "lock timeout" in error["what"]
    assert marts.built() == []


def test_a_model_without_a_primary_key_is_refused(marts: Marts) -> None:
    marts.model("keyless", "select * from raw.thing", COLUMNS, key="")
    error = marts.failed(CONFIGURATION, "--select", "keyless")
    assert "keyless has no primary key" in error["what"]


def test_what_is_neither_a_table_nor_a_view_is_not_dropped(marts: Marts) -> None:
    marts.model("other", "select * from raw.thing", COLUMNS)
    marts.sql("create table dwh.other (id integer) partition by range (id)")
    error = marts.failed(CONFIGURATION, "--select", "other")
    assert "dwh.other exists and is neither a table nor a view" in error["what"]
    assert marts.rows("select relkind::text from pg_class where oid = 'dwh.other'::regclass") == [("p",)]
