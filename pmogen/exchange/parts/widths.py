"""How wide the columns of a table are: as declared, but no word is broken where there is room for it."""

from __future__ import annotations

from pmogen.exchange.metrics import widest
from pmogen.exchange.parts.table import Table

MOST = 0.3
"""No column grows beyond this part of the whole for the sake of a word."""


def column_widths(table: Table, wide: float, size: float, padding: float) -> tuple[float, ...]:
    """The width shared out, in the same unit as the size of the type; `padding` is empty in each cell, on both sides in all."""
    whole = sum(column.width for column in table.columns)
    declared = [wide * column.width / whole for column in table.columns]
    needed = [min(_needed(table, place, size) + padding, wide * MOST) for place in range(len(table.columns))]
    missing = sum(max(need - has, 0) for need, has in zip(needed, declared, strict=True))
    spare = [max(has - need, 0) for need, has in zip(needed, declared, strict=True)]
    if missing <= 0 or sum(spare) <= 0:
        return tuple(declared)
    part = min(missing / sum(spare), 1)
    given = min(sum(spare) / missing, 1)
    return tuple(
        has - free * part if free else has + max(need - has, 0) * given
        for need, has, free in zip(needed, declared, spare, strict=True)
    )


def _needed(table: Table, place: int, size: float) -> float:
    """The width of the widest word of a column."""
    heading = widest(table.columns[place].heading, size, bold=True)
    return max((heading, *(widest(row[place].text, size, bold=row[place].bold) for row in table.rows)))
