r"""`\d` and `\d schema.table` without psql."""

from psycopg import sql

from paceline_local.failure import USAGE, Failure

_TABLES = """
    select table_schema, table_name, lower(table_type) from information_schema.tables
    where table_schema not in ('pg_catalog', 'information_schema') order by 1, 2
"""
_COLUMNS = """
    select attname, format_type(atttypid, atttypmod), case when attnotnull then 'not null' end,
        case when attnum = any (key.conkey) then 'key' end
    from pg_attribute left join pg_constraint as key on key.conrelid = attrelid and key.contype = 'p'
    where attrelid = {}::regclass and attnum > 0 and not attisdropped order by attnum
"""


def describe(command: str) -> str:
    r"""The SQL for a `\d` command."""
    word, _, name = command.partition(" ")
    if word not in ("\\d", "\\dt", "\\d+"):
        raise Failure(f"'{word}' only works in psql.", "Here \\d lists tables and \\d NAME shows one.", USAGE)
    return sql.SQL(_COLUMNS).format(sql.Literal(name.strip())).as_string() if name.strip() else _TABLES
