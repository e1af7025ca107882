"""The content of a warehouse, in a form in which two warehouses can be compared."""

from collections.abc import Collection
from typing import Any

from paceline_local.warehouse import Warehouse

# Columns that may differ between two runs (promise 2); with the clock held only those of LOADED_AT do.
LOADED_AT = frozenset({"_loaded_at", "loaded_at"})
NAMED_BY_PROMISE_2 = LOADED_AT | {"_extracted_at", "_seq", "_valid_from", "extracted_at", "valid_from", "valid_to"}

Content = dict[str, list[tuple[Any, ...]]]


def content(warehouse: Warehouse, *schemas: str, ignoring: Collection[str] = LOADED_AT) -> Content:
    """The rows of every table in the schemas, without the ignored columns, in a fixed order."""
    found: Content = {}
    columns: dict[str, list[str]] = {}
    for schema in schemas:
        for table, column in warehouse.rows(
            "select c.table_name, c.column_name from information_schema.columns as c"
            " join information_schema.tables as t using (table_schema, table_name)"
            f" where c.table_schema = '{schema}' and t.table_type = 'BASE TABLE' order by 1, c.ordinal_position"
        ):
            columns.setdefault(f"{schema}.{table}", []).append(column)
    for table, names in columns.items():
        kept = ", ".join(f'"{name}"' for name in names if name not in ignoring)
        found[table] = warehouse.rows(f"select {kept} from {table} as row_ order by (row_.*)::text")
        found[table].sort(key=repr)
    assert found, f"{warehouse.database} has no table in {schemas}"
    return found


def rows_in(found: Content) -> int:
    return sum(len(rows) for rows in found.values())
