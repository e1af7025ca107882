"""The table of months that the demo prints at its end."""

from typing import Any

from paceline_local.warehouse import Warehouse

_LAST_TWELVE = """
    select * from (
        select
            to_char(month, 'YYYY-MM') as month, sum(n), sum(distance_m) / 1000, sum(moving_s) / 3600.0,
            sum(elevation_gain_m), sum(kudos)
        from mart.activity_summary_monthly
        group by month order by month desc limit 12
    ) as latest order by 1
"""
_HEADER = ("month", "activities", "km", "hours", "climb m", "kudos")


def print_months(warehouse: Warehouse) -> None:
    print()
    for line in table(_HEADER, [_shown(row) for row in warehouse.rows(_LAST_TWELVE)]):
        print(f"  {line}")


def _shown(row: tuple[Any, ...]) -> tuple[str, ...]:
    month, n, km, hours, climb, kudos = row
    return month, f"{n:,}", f"{km or 0:,.1f}", f"{hours or 0:,.1f}", f"{climb or 0:,.0f}", f"{kudos or 0:,}"


def table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    """Lines with aligned columns, everything right-justified."""
    widths = [max(len(cell) for cell in column) for column in zip(header, *rows, strict=True)]
    return ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in [header, *rows]]
